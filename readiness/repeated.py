"""What customers ask again and again: the subjects that a mailbox file counted, for whoever can save the asking."""

from readiness import assessments
from readiness.models import ImportKind


def subjects(company) -> list[tuple[str, int]]:
    """The most repeated subjects of the company's mail, at most five, as (subject, how often); [] without any."""
    series = assessments.all_series_of(company).get(ImportKind.MAILBOX, {})
    return [(subject, count) for subject, count in series.get("subjects", ())]
