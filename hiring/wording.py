"""What an advert says, in the language that is active, and what it does not say yet."""

from dataclasses import dataclass, field

from babel.numbers import format_currency
from django.utils.formats import date_format, number_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from accounts import places
from hiring import hours as week
from hiring import hours_words
from hiring.models import Level
from hiring.models.jobs import PayPeriod, Place

PER = {
    PayPeriod.HOUR: gettext_lazy("%(pay)s an hour"),
    PayPeriod.DAY: gettext_lazy("%(pay)s a day"),
    PayPeriod.WEEK: gettext_lazy("%(pay)s a week"),
    PayPeriod.MONTH: gettext_lazy("%(pay)s a month"),
    PayPeriod.YEAR: gettext_lazy("%(pay)s a year"),
}
# Directive (EU) 2023/970, Article 5: applicants are told the pay before the interview or otherwise in good time.
EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
# The nine things a good advert tells, and whether publishing waits for it.
PARTS = {
    "summary": (pgettext_lazy("part of an advert", "the job in short, with hours a week"), True),
    "about_company": (pgettext_lazy("part of an advert", "what you sell"), True),
    "responsibilities": (pgettext_lazy("part of an advert", "responsibilities"), True),
    "skills": (pgettext_lazy("part of an advert", "skills"), True),
    "how_to_apply": (pgettext_lazy("part of an advert", "how to apply"), True),
    "why_us": (pgettext_lazy("part of an advert", "why work with us"), False),
    "pay": (pgettext_lazy("part of an advert", "pay"), False),
    "place": (pgettext_lazy("part of an advert", "place"), False),
    "answer_by": (pgettext_lazy("part of an advert", "apply by"), False),
}


# The editor's steps: where each begins, its name, and the parts that are filled in there.
STEPS = (
    ("prompts", pgettext_lazy("step of the editor", "Two questions to begin with"), ()),
    (
        "blanks",
        pgettext_lazy("step of the editor", "The blanks"),
        ("about_company", "why_us", "pay", "place", "answer_by"),
    ),
    ("requirements", pgettext_lazy("step of the editor", "What you look for"), ("skills",)),
    ("the-job", pgettext_lazy("step of the editor", "The job"), ("summary", "responsibilities", "how_to_apply")),
    ("questions", pgettext_lazy("step of the editor", "Questions in the form"), ()),
)  # fmt: skip


@dataclass(frozen=True)
class Section:
    heading: str
    paragraphs: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return not (self.paragraphs or self.items)


@dataclass(frozen=True)
class Fact:
    icon: str
    text: str


@dataclass(frozen=True)
class Advert:
    """The advert as people see it."""

    title: str
    facts: list[Fact]
    sections: list[Section]


@dataclass(frozen=True)
class Completeness:
    """How much of PARTS is there; `missing` holds their codes in the order of the page, `anchors` where each is."""

    missing: list[str]
    anchors: dict = field(default_factory=dict)

    @property
    def done(self) -> int:
        return len(PARTS) - len(self.missing)

    @property
    def total(self) -> int:
        return len(PARTS)

    @property
    def blocking(self) -> list[str]:
        """What publishing waits for."""
        return [code for code in self.missing if PARTS[code][1]]

    @property
    def missing_names(self) -> str:
        return ", ".join(str(PARTS[code][0]) for code in self.missing)

    @property
    def steps(self) -> list[dict]:
        """The editor's steps, each with what is still missing there."""
        missing = set(self.missing)
        return [
            {"anchor": anchor, "name": name, "missing": len(missing & set(parts)), "parts": len(parts)}
            for anchor, name, parts in STEPS
        ]

    def links(self, page: str = "") -> str:
        """What is missing, each a link to its field on `page`, the editor."""
        found = ((page, self.anchors[code], PARTS[code][0]) for code in self.missing)
        return format_html_join(", ", '<a href="{}#{}">{}</a>', found)

    @property
    def blocking_names(self) -> str:
        return ", ".join(str(PARTS[code][0]) for code in self.blocking)


def completeness(job, requirements) -> Completeness:
    there = {
        "summary": bool(job.summary and job.hours_week),
        "skills": bool(requirements),
        "pay": has_pay(job),
        "place": bool(job.city or job.place == Place.REMOTE),
    }
    missing = [code for code in PARTS if not there.get(code, bool(getattr(job, code, "")))]
    return Completeness(missing, {code: _anchor(job, code) for code in missing})


# Where a part stands in the editor, when it is not the field of its name.
ANCHORS = {"skills": "requirements", "pay": "id_pay_min", "place": "id_city"}


def _anchor(job, code) -> str:
    if code == "summary" and job.summary:
        return "id_hours_week"
    return ANCHORS.get(code, f"id_{code}")


def in_eu(country: str) -> bool:
    return country in EU.split()


def has_pay(job) -> bool:
    return job.pay_min is not None or job.pay_max is not None


def advert(job, requirements, *, drafting: bool = False) -> Advert:
    """Everything the page shows, in the active language. `drafting` keeps the required parts that are empty."""
    sections = [
        Section(_("The job"), [*lines(job.summary), *_hours_needed(job)]),
        Section(_("About us"), lines(job.about_company)),
        Section(_("What you will do"), items=lines(job.responsibilities)),
        *_skills(requirements),
        Section(_("Why work with us"), lines(job.why_us)),
        Section(_("Pay and benefits"), [pay(job)] if has_pay(job) else [], lines(job.benefits)),
        Section(_("Place"), [place(job), *_remote_needs(job)]),
        Section(_("How to apply"), lines(job.how_to_apply)),
    ]
    return Advert(job.title, facts(job), [s for s in sections if drafting or not s.is_blank])


def lines(text: str) -> list[str]:
    """What somebody typed as a list, without their bullets."""
    return [line.strip(" \t-*•·") for line in text.splitlines() if line.strip(" \t-*•·")]


def _hours_needed(job) -> list[str]:
    said = hours_words.needed(week.from_text(job.cover_hours))
    return [said] if said else []


def _skills(requirements) -> list[Section]:
    headings = {
        Level.MUST: _("What you bring"),
        Level.NICE: _("Good to have"),
        Level.BONUS: _("A bonus"),
    }
    found = {level: [str(r.label) for r in requirements if r.level == level] for level in headings}
    return [Section(headings[level], items=items) for level, items in found.items() if items]


def facts(job) -> list[Fact]:
    """The short labels on top of an advert."""
    found = [Fact("briefcase", str(job.get_employment_type_display()))]
    if job.hours_week:
        found.append(Fact("clock", hours(job.hours_week)))
    found.append(Fact("geo-alt", place(job)))
    if has_pay(job):
        found.append(Fact("star", pay(job)))
    if job.answer_by:
        found.append(Fact("calendar-event", _("Apply by %(day)s") % {"day": date_format(job.answer_by)}))
    return found


def hours(number) -> str:
    """ "15 hours a week"; halves as the language writes them."""
    whole = int(number)
    if whole == number:
        return ngettext("%(hours)s hour a week", "%(hours)s hours a week", whole) % {"hours": whole}
    return _("%(hours)s hours a week") % {"hours": number_format(number, 1)}


def place(job) -> str:
    """Where the work is done, with town and country where they are known."""
    where = ", ".join(part for part in (job.city, job.region, places.country_name(job.country)) if part)
    if job.place == Place.REMOTE:
        return _("Remote, from %(where)s") % {"where": where} if where else _("Remote")
    if not where:
        return str(job.get_place_display())
    if job.place == Place.HYBRID:
        return _("%(where)s, partly remote") % {"where": where}
    return where


def _remote_needs(job) -> list[str]:
    if job.place == Place.ONSITE:
        return []
    return [_("You need reliable internet and a place at home where you can work.")]


def pay(job) -> str:
    """The range as one phrase, "€2,400 – €2,800 a month"; empty when the job tells none."""
    amounts = [money(amount, job.currency) for amount in (job.pay_min, job.pay_max) if amount is not None]
    if not amounts:
        return ""
    if len(set(amounts)) == 2:
        amount = pgettext("a range of pay", "%(low)s – %(high)s") % {"low": amounts[0], "high": amounts[1]}
    elif job.pay_min is None:
        amount = pgettext("pay", "up to %(amount)s") % {"amount": amounts[0]}
    elif job.pay_max is None:
        amount = pgettext("pay", "from %(amount)s") % {"amount": amounts[0]}
    else:
        amount = amounts[0]
    return str(PER[PayPeriod(job.pay_period)]) % {"pay": amount}


def money(amount, currency: str) -> str:
    """An amount in the active language's way, without ",00" behind whole amounts."""
    locale = places.reader()
    pattern = locale.currency_formats["standard"].pattern
    if amount == amount.to_integral_value():
        pattern = pattern.replace(".00", "")
    return format_currency(amount, currency or "EUR", format=pattern, locale=locale, currency_digits=False)
