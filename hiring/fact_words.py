"""Whether what was said is close to what the applicant says, in a sentence. People judge; this only counts."""

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hiring import deviation


def apart(claimed: str, found: str) -> str:
    """The sentence for two dates or two numbers; empty for anything else."""
    seen = deviation.compare(claimed, found, _months())
    if seen is None:
        return ""
    if seen.kind == "dates":
        return _("More than a month apart.") if seen.past else _("Not more than a month apart.")
    values = {"share": number_format(round(seen.apart * 100), use_l10n=True)}
    if seen.past:
        return _("%(share)s %% apart: more than a fifth.") % values
    return _("%(share)s %% apart: not more than a fifth.") % values


def _months() -> dict[str, int]:
    return {str(name).casefold(): n for names in (MONTHS, MONTHS_3) for n, name in names.items()}
