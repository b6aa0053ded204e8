"""How long applicants' data stays, by the company's country, and who goes when.

The times are general information, not legal advice; each has its source, and the day somebody held it
against that source, where somebody did.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import zones
from hiring.models import Application, Candidate, JobStatus, Offer, OfferState, Outcome, Stage

YEAR = 365


@dataclass(frozen=True)
class Times:
    """Days after the last contact. `least`: a refused applicant may complain so long; `usual`: then it goes.

    `contract`: days a signed contract is kept, counted from the signature or the first day, whichever is later.
    """

    least: int
    usual: int
    contract: int
    source: str
    checked: date | None = None

    @property
    def contract_years(self) -> int:
        return self.contract // YEAR


CHECKED = date(2026, 11, 22)
ELSEWHERE = Times(
    0, 180, 10 * YEAR, "No own entry: six months, the usual time in Europe; ten years for a contract"
)
COUNTRIES = {
    "AT": Times(
        180, 210, 7 * YEAR, "GlBG §§ 15, 26, 29 (6 months, one more for the way); BAO § 132", CHECKED
    ),
    "DE": Times(60, 180, 6 * YEAR, "AGG § 15 (4), ArbGG § 61b (2 + 3 months); HGB § 257"),
    "DK": Times(0, 180, 5 * YEAR, "Datatilsynet: up to six months; bogføringsloven § 12"),
    "FI": Times(YEAR, YEAR, 10 * YEAR, "Tasa-arvolaki 12 §, yhdenvertaisuuslaki 26 § (1 year)"),
    "FR": Times(0, 2 * YEAR, 5 * YEAR, "CNIL: two years after the last contact; Code du travail L3243-4"),
    "GB": Times(180, 180, 6 * YEAR, "Equality Act 2010 s. 123 with time for conciliation; Limitation Act"),
    "NL": Times(0, 28, 7 * YEAR, "Autoriteit Persoonsgegevens: four weeks; AWR art. 52", CHECKED),
    "NO": Times(0, 180, 5 * YEAR, "Datatilsynet: when the hiring is over; bokføringsloven § 13"),
    "PL": Times(0, 3 * YEAR, 10 * YEAR, "Kodeks pracy art. 18(3d), 291 (3 years), 94 pkt 9b", CHECKED),
    "SE": Times(
        2 * YEAR, 2 * YEAR, 7 * YEAR, "Diskrimineringslagen 6 kap. (2 years); bokföringslagen 7 kap.", CHECKED
    ),
    "US": Times(YEAR, YEAR, 3 * YEAR, "29 CFR 1602.14 (1 year); 29 CFR 516.5 (3 years)"),
}
CONTRACT_WHY = _("A signed contract is proof for both sides; the law orders to keep it.")


def times(country: str) -> Times:
    return COUNTRIES.get(country, ELSEWHERE)


# -- signed contracts


def signed(offers: QuerySet) -> QuerySet:
    """Those whose time by law is not over today."""
    found, today = Q(pk__in=[]), timezone.localdate()
    countries = offers.order_by().values_list("company__country", flat=True).distinct()
    for country in countries:
        since = today - timedelta(days=times(country).contract)
        recent = Q(answered_at__date__gte=since) | Q(start_date__gte=since)
        found |= Q(company__country=country) & recent
    return offers.filter(found, state=OfferState.ACCEPTED)


def contract_until(offer) -> date:
    """The last day a signed contract is kept for the law's sake."""
    began = max(filter(None, [timezone.localdate(offer.answered_at), offer.start_date]))
    return began + timedelta(days=times(offer.company.country).contract)


def file_until(stored) -> date | None:
    days = [
        contract_until(offer) for offer in Offer.objects.filter(signed_file=stored).select_related("company")
    ]
    return max(days, default=None)


def kept_by_law(company) -> list[tuple[str, date]]:
    """What the shop has to keep by itself when it closes here: (what, last day)."""
    offers = (
        signed(Offer.objects.filter(company=company)).select_related("company").order_by("answered_at", "pk")
    )
    return [
        (str(_("Signed contract: %(title)s") % {"title": offer.job_title}), contract_until(offer))
        for offer in offers
    ]


# -- the clock of applicants


def leaving(company) -> QuerySet:
    """Candidates whose day is known, each with `goes_on`, the soonest first (then by number).

    The day is the later of: the shortest time the law lets a refused applicant complain, the usual time, both
    after the last contact; the day until which the applicant agreed; the last day of a signed contract. Whoever
    is still in the running has no day, nor has somebody who applied again meanwhile.
    """
    zone, here = zones.named(company.timezone), times(company.country)
    days = timedelta(days=max(here.least, here.usual))
    rows = Candidate.objects.for_company(company).annotate(last=_last_contact())
    rows = rows.annotate(
        usual=TruncDate(F("last") + days, tzinfo=zone),
        agreed=Max("applications__keep_longer_until"),
        contract=TruncDate(_signed_at() + timedelta(days=here.contract), tzinfo=zone),
    )
    rows = rows.annotate(goes_on=_latest("usual", "agreed", "contract"))
    waiting = Application.objects.filter(_in_the_running(), company=company)
    return (
        rows.filter(something_left(company))
        .exclude(pk__in=waiting.values("candidate"))
        .order_by("goes_on", "pk")
    )


def _last_contact():
    begun = "applications__submitted_at"
    return Greatest(
        Max(begun),
        Coalesce(Max("applications__ended_at"), Max(begun)),
        Coalesce(Max("applications__told_at"), Max(begun)),
        Coalesce(Max("applications__moves__at"), Max(begun)),
    )


def _signed_at():
    accepted = Q(applications__offers__state=OfferState.ACCEPTED)
    return Max("applications__offers__answered_at", filter=accepted)


def _latest(first, *others):
    return Greatest(first, *(Coalesce(name, first) for name in others), output_field=DateField())


def _in_the_running():
    """Nobody has decided, and the job goes on; a job that is over ends the waiting too."""
    over = Q(job__status__in=[JobStatus.CLOSED, JobStatus.FILLED])
    return Q(outcome=Outcome.ACTIVE, erased_at=None) & ~Q(stage=Stage.HIRED) & ~over


def something_left(company) -> Q:
    """Of whom there is still something to erase: an application with its words, or a contract with its words."""
    people = Application.everything.filter(company=company, erased_at=None)
    contracts = Offer.objects.filter(company=company, application__erased_at__isnull=False)
    words = contracts.exclude(contract_text__in=["", "-"])
    return Q(pk__in=people.values("candidate")) | Q(pk__in=words.values("application__candidate"))


def goes_on(candidate) -> date | None:
    """The day this candidate's data goes by the clock; None while they are in the running, or nothing is left."""
    return leaving(candidate.company).filter(pk=candidate.pk).values_list("goes_on", flat=True).first()
