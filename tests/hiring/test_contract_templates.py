"""The shop's own contract: kept in versions, refused with a sentence, and what a contract is made of."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.conflicts import Changed
from hiring import contract, contract_example, offers
from hiring.contract_templates import NEEDED, current, mistakes, newest, save, shipped
from hiring.models import ContractTemplate, Offer, Stage
from tests.factories import make_company, make_member
from tests.hiring.acts import put, text
from tests.hiring.factories import make_application, make_job, make_offer
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
OWN = "WORK\n{job_title}\n{description}\n{hours} from {first_day}\nMONEY\n{pay}\n{benefits}\n{terms}"


@pytest.fixture
def ada(company):
    return put(make_application(make_job(company), name="Ada Lind"), Stage.OFFER)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def page(name="contract_template", *args):
    return reverse(f"hiring:{name}", args=args or ["en"])


# -- the words


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_ours_have_no_mistake_in_any_language(language):
    assert mistakes(shipped(language)) == []


def test_before_anybody_writes_ours_count(company):
    assert current(company, "en") == (None, shipped("en"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{salery}", "{salery} stands for nothing."),
        ("{pays}", "{pays} stands for nothing. Did you mean {pay}?"),
    ],
)
def test_a_name_nobody_knows_is_refused_with_a_sentence(typed, said):
    assert mistakes(f"{OWN}\n{typed}")[0].startswith(said)


@pytest.mark.parametrize("name", NEEDED)
def test_a_part_no_contract_goes_without_is_asked_for(name):
    (said,) = mistakes(OWN.replace(f"{{{name}}}", "-"))
    assert said == f"A contract has to name these, too: {{{name}}}"


# -- versions


def test_each_saving_is_a_version_and_the_same_words_are_none(company, owner):
    first, again = (save(company, "en", OWN, by=owner) for _ in range(2))
    second = save(company, "en", OWN + "\nTea is free.", by=owner)
    assert (first.pk, first.version, second.version) == (again.pk, 1, 2)
    assert ContractTemplate.objects.get(version=1).text == OWN
    assert TrailEntry.objects.filter(action="contract_template.saved").count() == 2


def test_ours_again_is_a_version_without_words(company, owner):
    save(company, "en", OWN, by=owner)
    save(company, "en", "", by=owner)
    assert (newest(company, "en").version, current(company, "en")) == (2, (None, shipped("en")))


def test_words_with_a_mistake_are_not_kept(company, owner):
    with pytest.raises(ValueError, match="stands for nothing"):
        save(company, "en", OWN + "{wage}", by=owner)
    assert newest(company, "en") is None


@pytest.mark.parametrize(("seen", "refused"), [(None, False), (1, False), (0, True), (2, True)])
def test_words_made_from_an_older_version_are_not_kept(company, owner, seen, refused):
    save(company, "en", OWN, by=owner)
    if refused:
        with pytest.raises(Changed):
            save(company, "en", OWN + "!", by=owner, seen=seen)
    else:
        save(company, "en", OWN + "!", by=owner, seen=seen)
    assert newest(company, "en").version == (1 if refused else 2)


def test_another_language_and_another_shop_have_their_own(company, owner):
    other = make_company("Other")
    save(other, "en", OWN, by=make_member(other, "owner"))
    save(company, "fi", OWN, by=owner)
    assert current(company, "en")[0] is None


# -- what a contract is made of


def test_a_contract_is_made_of_the_shops_words(ada, owner, company):
    save(company, "en", OWN, by=owner)
    words = contract.text(make_offer(ada, owner))
    assert (
        "WORK\nSupport person\nYou answer our customers.\n20 from January 11, 2027\nMONEY\n€14.50 an hour"
        in words
    )
    assert "1. The work" not in words


def test_the_offer_knows_which_version_it_was_made_of(ada, owner, company):
    row = save(company, "en", OWN, by=owner)
    sent = offers.send(make_offer(ada, owner), by=owner)
    save(company, "en", OWN + "\nLater", by=owner)
    assert (Offer.objects.get().template, "Later" in Offer.objects.get().contract_text) == (row, False)
    assert contract.sha256(sent.contract_text) == sent.contract_sha256


def test_ours_are_no_row(ada, owner):
    assert offers.send(make_offer(ada, owner), by=owner).template is None


def test_half_a_sentence_is_missing_by_name(ada, owner, company):
    save(company, "en", OWN + "\nOn {working_days} you work at {place}.", by=owner)
    draft = make_offer(ada, owner, place="Turku")
    assert contract.gaps(draft) == [contract.Gap("working days", "working_days")]
    with pytest.raises(offers.Refused, match="Still missing: working days"):
        offers.send(draft, by=owner)


# -- the page


def test_it_begins_with_ours_beside_an_example(boss):
    shown = text(boss.get(page()))
    assert "{first_day}" in shown
    assert "Third Kettle" not in shown
    assert "January 11, 2027" in shown


def test_it_is_kept_and_taken_back(boss, company):
    boss.post(page(), {"text": OWN, "seen": "0"})
    assert current(company, "en")[1] == OWN
    shown = text(boss.get(page()))
    assert page("contract_template_again", "en", 0) in shown
    boss.post(page("contract_template_again", "en", 0))
    assert current(company, "en") == (None, shipped("en"))


def test_an_earlier_version_counts_again(boss, company, owner):
    save(company, "en", OWN, by=owner)
    save(company, "en", OWN + "\nTea", by=owner)
    boss.post(page("contract_template_again", "en", 1))
    assert (newest(company, "en").version, newest(company, "en").text) == (3, OWN)


def test_a_mistake_stands_beside_the_field_and_nothing_is_lost(boss, company):
    answer = boss.post(page(), {"text": OWN + "\n{pays}", "seen": "0"})
    assert (answer.status_code, "Did you mean {pay}?" in text(answer), "{pays}" in text(answer)) == (
        422,
        True,
        True,
    )
    assert newest(company, "en") is None


def test_two_tabs_see_both_versions(boss, company, owner):
    save(company, "en", OWN + "\nTheirs", by=owner)
    answer = boss.post(page(), {"text": OWN + "\nMine", "seen": "0"})
    assert (answer.status_code, "Mine" in text(answer), "Theirs" in text(answer)) == (409, True, True)


def test_the_preview_keeps_nothing(boss, company):
    shown = text(boss.post(page("contract_template_preview"), {"text": "{pay} {wage} <b>x</b>"}))
    assert "€18.50 an hour" in shown
    assert "{wage} stands for nothing" in shown
    assert "<b>x</b>" not in shown
    assert newest(company, "en") is None


def test_without_scripts_the_preview_is_a_button(boss, company):
    answer = boss.post(page(), {"text": OWN + "\nTea is free.", "seen": "0", "do": "preview"})
    assert (answer.status_code, "Tea is free." in text(answer), newest(company, "en")) == (200, True, None)


def test_the_example_marks_what_it_fills_in():
    assert contract_example.parts("Pay {pay} {wage}", "en") == [
        [("Pay ", ""), ("€18.50 an hour", "filled"), (" ", ""), ("{wage}", "wrong")]
    ]


@pytest.mark.parametrize("name", ["contract_template", "contract_template_preview"])
@pytest.mark.parametrize("language", ["xx", "EN", "en-gb"])
def test_a_language_we_do_not_have_is_nowhere(boss, name, language):
    assert boss.post(reverse(f"hiring:{name}", args=[language]), {"text": OWN}).status_code == 404


@pytest.mark.parametrize("version", [7, 1])
def test_a_version_that_is_not_ours_is_nowhere(boss, version):
    other = make_company("Other")
    save(other, "en", OWN, by=make_member(other, "owner"))
    assert boss.post(page("contract_template_again", "en", version)).status_code == 404


def test_only_owners_change_it(manager, interviewer, sign_in):
    for member in (manager, interviewer):
        assert sign_in(member).get(page()).status_code == 403
        assert sign_in(member).post(page(), {"text": OWN}).status_code == 403
    assert ContractTemplate.objects.count() == 0


@pytest.mark.parametrize("versions", [1, 3])
def test_the_page_asks_as_often_for_one_version_as_for_three(boss, company, owner, versions):
    for n in range(versions):
        save(company, "en", f"{OWN}\n{n}", by=owner)
    boss.get(page())
    with CaptureQueriesContext(connection) as seen:
        boss.get(page())
    assert len(seen) == QUERIES


QUERIES = 6
