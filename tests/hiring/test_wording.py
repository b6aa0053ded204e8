"""What an advert says and lacks, and what may be done with it: of jobs that are in no database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Company
from hiring import adverts, closing, wording
from hiring.models import Job, JobStatus, Requirement
from hiring.models.jobs import Place
from tests.hiring.adverts import make_draft

FULL = {
    "summary": "Mails, by the week.",
    "hours_week": Decimal(20),
    "about_company": "We sell tea.",
    "responsibilities": "Answer",
    "how_to_apply": "Write",
    "why_us": "Tea",
    "pay_min": Decimal(12),
    "city": "Turku",
    "country": "FI",
    "currency": "EUR",
    "place": Place.ONSITE,
    "answer_by": date(2027, 5, 4),
}
LIST = [Requirement(text="Loves tea", level="must")]
# What empties a part, and where the editor shows it then.
GAPS = {
    "summary": ({"summary": ""}, "id_summary"),
    "about_company": ({"about_company": ""}, "id_about_company"),
    "responsibilities": ({"responsibilities": ""}, "id_responsibilities"),
    "how_to_apply": ({"how_to_apply": ""}, "id_how_to_apply"),
    "why_us": ({"why_us": ""}, "id_why_us"),
    "pay": ({"pay_min": None}, "id_pay_min"),
    "place": ({"city": ""}, "id_city"),
    "answer_by": ({"answer_by": None}, "id_answer_by"),
}


def a_job(**fields) -> Job:
    return Job(**FULL | fields)


def lacking(**fields):
    return wording.completeness(a_job(**fields), LIST)


# -- complete or not


def test_with_everything_nothing_is_missing():
    told = lacking()
    assert (told.missing, told.done, told.total, told.blocking_names, told.links()) == ([], 9, 9, "", "")


@pytest.mark.parametrize("code", GAPS)
def test_each_gap_is_told_alone_and_leads_to_its_field(code):
    fields, anchor = GAPS[code]
    told = lacking(**fields)
    assert (told.missing, told.anchors, told.done) == ([code], {code: anchor}, 8)
    assert f'href="/edit#{anchor}"' in told.links("/edit")


@pytest.mark.parametrize("code", GAPS)
def test_only_what_an_advert_cannot_be_without_stops_it(code):
    required = code in {"summary", "about_company", "responsibilities", "how_to_apply"}
    assert lacking(**GAPS[code][0]).blocking == ([code] if required else [])


@pytest.mark.parametrize("code", GAPS)
def test_one_step_of_the_editor_counts_the_gap(code):
    counts = {step["anchor"]: step["missing"] for step in lacking(**GAPS[code][0]).steps}
    home = next(anchor for anchor, _name, parts in wording.STEPS if code in parts)
    assert counts == {anchor: int(anchor == home) for anchor, *_rest in wording.STEPS}


def test_without_hours_the_job_in_short_is_not_told_and_the_hours_are_shown():
    assert lacking(hours_week=None).anchors == {"summary": "id_hours_week"}


def test_without_a_line_of_the_list_skills_are_missing():
    assert wording.completeness(a_job(), []).anchors == {"skills": "requirements"}


@pytest.mark.parametrize("fields", [{"pay_min": None, "pay_max": Decimal(9)}, {"pay_min": Decimal(0)}])
def test_one_end_of_the_pay_is_pay(fields):
    assert "pay" not in lacking(**fields).missing


def test_every_part_belongs_to_one_step():
    parts = [code for _anchor, _name, codes in wording.STEPS for code in codes]
    assert sorted(parts) == sorted(wording.PARTS)


# -- as it is read


@given(st.text(max_size=120))
def test_a_list_has_no_empty_line_and_no_bullet_and_reads_the_same_again(text):
    once = wording.lines(text)
    assert all(line and line[0] not in " \t-*•·" for line in once)
    assert wording.lines("\n".join(f"- {line}" for line in once)) == once


@pytest.mark.parametrize("levels", [("bonus", "must", "nice"), ("nice",), ()])
def test_skills_stand_under_their_level_and_empty_levels_have_no_heading(levels):
    rows = [Requirement(text=level, level=level) for level in levels]
    said = {section.heading: section.items for section in wording.advert(a_job(), rows).sections}
    names = {"must": "What you bring", "nice": "Good to have", "bonus": "A bonus"}
    wanted = {name: [level] if level in levels else None for level, name in names.items()}
    assert {name: said.get(name) for name in names.values()} == wanted


def test_what_is_for_oneself_is_never_told():
    advert = str(wording.advert(a_job(good_at="SECRET", also_helps="SECRET", assessment="SECRET"), LIST))
    assert "SECRET" not in advert


@pytest.mark.parametrize(("place", "told"), [("onsite", False), ("hybrid", True), ("remote", True)])
def test_who_works_at_home_reads_what_that_needs(place, told):
    advert = str(wording.advert(a_job(place=place), LIST))
    assert ("reliable internet" in advert) == told


def test_the_short_labels_tell_only_what_is_known():
    bare = Job(place=Place.REMOTE, currency="EUR")
    assert [fact.icon for fact in wording.facts(bare)] == ["briefcase", "geo-alt"]
    assert [fact.icon for fact in wording.facts(a_job())] == [
        "briefcase",
        "clock",
        "geo-alt",
        "star",
        "calendar-event",
    ]


@pytest.mark.parametrize(
    ("language", "amount", "currency", "said"),
    [
        ("en", "2400.00", "EUR", "€2,400"),
        ("en", "13.50", "USD", "$13.50"),
        ("fi", "13.50", "EUR", "13,50 €"),
        ("pl", "2400.00", "PLN", "2400 zł"),
        ("en", "12.00", "", "€12"),
    ],
)
def test_money_as_the_language_writes_it(language, amount, currency, said):
    with translation.override(language):
        told = wording.money(Decimal(amount), currency)
    assert told.replace("\xa0", " ").replace("\u202f", " ").replace("2 400", "2400") == said


@pytest.mark.parametrize(
    ("country", "told"), [("FI", True), ("IE", True), ("US", False), ("GB", False), ("", False)]
)
def test_where_the_right_to_know_the_pay_holds(country, told):
    assert wording.in_eu(country) == told


# -- what can be done with it


TODAY = localdate()


def standing(status, *, over=False, openings=1) -> Job:
    day = TODAY + timedelta(days=-3 if over else 30)
    return Job(status=status, openings=openings, answer_by=day, company=Company(timezone="Europe/Helsinki"))


@pytest.mark.parametrize(
    ("hired", "over", "why"),
    [(0, False, ""), (1, False, "full"), (0, True, "day"), (1, True, "full"), (2, False, "full")],
)
def test_what_stands_in_the_way_of_opening_again(hired, over, why):
    assert closing.hindrance(standing("paused", over=over), hired) == why


@pytest.mark.parametrize("why", ["full", "day"])
def test_each_hindrance_says_what_to_do(why):
    assert "First" in str(closing.HINDRANCES[why])


@given(st.sampled_from(JobStatus.values), st.booleans(), st.integers(1, 3), st.integers(0, 4))
def test_nothing_is_offered_that_would_be_refused(status, over, openings, hired):
    job = standing(status, over=over, openings=openings)
    offered = closing.acts(job, hired)
    assert not ({"stop", "resume"} <= set(offered))
    assert ("resume" in offered) <= (closing.hindrance(job, hired) == "")
    assert ("close" in offered) == (status in {"open", "paused"})


# -- the public address


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Tea support, 20 hours a week", "tea-support"),
        (", by the sea", "job"),
        ("☕☕☕", "job"),
        ("Łódź & Ærø", "lodz-aero"),
        ("../../etc", "etc"),
        ("x" * 120, "x" * 60),
    ],
)
def test_an_address_is_short_plain_and_never_empty(owner, title, slug):
    assert adverts._free_slug(make_draft(owner, title=title)) == slug


@pytest.mark.django_db
def test_another_shop_may_have_the_same_address(owner, rival):
    make_draft(rival, title="Tea", slug="tea")
    assert adverts._free_slug(make_draft(owner, title="Tea")) == "tea"


@pytest.mark.django_db
def test_a_gap_between_numbers_is_used_and_nothing_taken_twice(owner):
    for slug in ("tea", "tea-3", "teapot"):
        make_draft(owner, slug=slug)
    assert adverts._free_slug(make_draft(owner, title="Tea")) == "tea-2"
