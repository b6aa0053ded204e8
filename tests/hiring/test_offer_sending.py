"""The last look before an offer leaves: what stops it, what it only tells, and what is asked once."""

import pytest

from hiring import evidence, offers
from hiring.models import Application, Offer, Stage
from hiring.pipeline import Refused
from mailroom.models import Mail
from tests.hiring.acts import put, text, url
from tests.hiring.factories import bring, go, make_application, make_job, make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company):
    return put(make_application(make_job(company), name="Ada Lind"), Stage.OFFER)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def new(ada, owner, **values):
    return make_offer(ada, owner, contract_check="", **values)


def data(company, **more):
    return {"until": offers.day_in(7, company).isoformat()} | more


def again(row):
    return type(row).objects.get(pk=row.pk)


# -- where the words come from


def test_it_is_asked_before_the_first_leaves(ada, owner):
    with pytest.raises(Refused, match="where the words"):
        offers.send(new(ada, owner), by=owner)


def test_and_beside_the_field(boss, ada, owner, company):
    draft = new(ada, owner)
    answer = boss.post(url("offer_send", draft), data(company))
    assert (answer.status_code, again(draft).state) == (422, "draft")


def test_one_tap_answers_it(boss, ada, owner, company):
    draft = new(ada, owner)
    boss.post(url("offer_send", draft), data(company, contract_check="standard"))
    assert (again(draft).state, again(draft).contract_check) == ("sent", "standard")


@pytest.mark.parametrize(("who", "status"), [("", 422), ("Ms Koski, HR", 302)])
def test_a_consultant_has_a_name(boss, ada, owner, company, who, status):
    draft = new(ada, owner)
    more = {"contract_check": "consultant", "checked_who": who, "checked_on": "2026-11-01"}
    assert boss.post(url("offer_send", draft), data(company, **more)).status_code == status
    assert again(draft).checked_who == who


@pytest.mark.parametrize("typed", ["9999-01-01", "soon", "lawyer"])
def test_odd_answers_are_refused(boss, ada, owner, company, typed):
    draft = new(ada, owner)
    more = {"contract_check": "standard", "checked_on": typed}
    if typed == "lawyer":
        more = {"contract_check": "lawyer"}
    assert boss.post(url("offer_send", draft), data(company, **more)).status_code == 422
    assert again(draft).state == "draft"


def test_the_next_version_is_not_asked_again(boss, ada, owner):
    offers.send(make_offer(ada, owner), by=owner)
    draft = offers.save_draft(ada, by=owner, values={"notice": "One month"})
    assert 'name="contract_check"' not in text(boss.get(url("offer_send", draft)))
    assert offers.send(draft, by=owner).state == "sent"


# -- who signs first


@pytest.mark.parametrize(("later", "signed"), [("", True), ("on", False)])
def test_whoever_sends_signs_for_the_shop_or_does_so_later(boss, ada, owner, company, later, signed):
    draft = make_offer(ada, owner)
    boss.post(url("offer_send", draft), data(company, sign_later=later))
    assert (again(draft).state, evidence.employer_signed(again(draft))) == ("sent", signed)


# -- what stops it


def test_a_missing_value_leaves_no_button(boss, ada, owner):
    shown = text(boss.get(url("offer_send", make_offer(ada, owner, terms=""))))
    assert ("Still missing:" in shown, "#id_terms" in shown, 'name="until"' in shown) == (True, True, False)


def test_and_a_click_from_an_old_page_sends_nothing(boss, ada, owner, company):
    draft = make_offer(ada, owner, terms="")
    boss.post(url("offer_send", draft), data(company))
    assert (again(draft).state, Mail.objects.filter(message="offer").count()) == ("draft", 0)


def test_what_has_left_is_not_looked_over_again(boss, ada, owner):
    sent = offers.send(make_offer(ada, owner), by=owner)
    assert boss.get(url("offer_send", sent)).status_code == 302


def test_looking_changes_nothing(boss, ada, owner):
    draft = make_offer(ada, owner)
    boss.get(url("offer_send", draft))
    boss.head(url("offer_send", draft))
    assert (again(draft).state, again(draft).revision) == ("draft", 1)


# -- what it only tells


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("PL", "qualified electronic signature"),
        ("AE", "registered with the labour authority"),
        ("FI", "offer binds"),
    ],
)
def test_the_countrys_form_of_the_signature(boss, ada, owner, company, country, said):
    company.country = country
    company.save()
    assert said in text(boss.get(url("offer_send", make_offer(ada, owner))))


def test_what_is_open_is_no_hindrance(boss, ada, owner, company):
    draft = make_offer(ada, owner, notice="One month", not_apply=["training"])
    shown = text(boss.get(url("offer_send", draft)))
    assert all(word in shown for word in ("things are still open", "Filled in", "Does not apply"))
    boss.post(url("offer_send", draft), data(company))
    assert again(draft).state == "sent"


ALONE, SKIPPED = "Nobody else was ever considered", "A stage was skipped"


def test_the_only_one_ever_considered(boss, ada, owner):
    draft = make_offer(ada, owner)
    assert ALONE in text(boss.get(url("offer_send", draft)))
    make_application(ada.job)
    assert ALONE not in text(boss.get(url("offer_send", draft)))


def test_somebody_who_came_past_a_stage(boss, company, owner):
    straight, past = (make_application(job) for job in [make_job(company)] * 2)
    bring(straight, Stage.OFFER, owner)
    go(past, Stage.OFFER, owner)
    shown = [text(boss.get(url("offer_send", make_offer(person, owner)))) for person in (straight, past)]
    assert [SKIPPED in page for page in shown] == [False, True]


# -- who may


def test_others_are_kept_out(ada, owner, interviewer, hire, rival, sign_in):
    draft = make_offer(ada, owner)
    found = [
        sign_in(member).get(url("offer_send", draft)).status_code for member in (interviewer, hire, rival)
    ]
    assert found == [403, 403, 404]


def test_without_an_address_it_says_what_to_do(ada, owner):
    Application.objects.filter(pk=ada.pk).update(email="")
    with pytest.raises(Refused, match="print the contract"):
        offers.send(make_offer(ada, owner), by=owner)
    assert Offer.objects.get().state == "draft"


# -- whose name the shop signs with


class TestWhoeverGaveNoName:
    @pytest.fixture
    def nameless(self, owner, sign_in):
        type(owner).objects.filter(pk=owner.pk).update(name="")
        return sign_in(owner)

    @pytest.fixture
    def draft(self, ada, owner):
        return make_offer(ada, owner)

    def test_is_asked_for_it_beside_the_field(self, nameless, draft, company):
        answer = nameless.post(url("offer_send", draft), data(company))
        assert (answer.status_code, "Write your name, or sign after" in text(answer)) == (422, True)
        assert again(draft).state == "draft"

    def test_signs_with_what_they_write(self, nameless, draft, company):
        nameless.post(url("offer_send", draft), data(company, signer=" Olga Lind "))
        assert evidence.employer(again(draft)).name == "Olga Lind"

    def test_may_sign_later_instead(self, nameless, draft, company):
        nameless.post(url("offer_send", draft), data(company, sign_later="on"))
        assert (again(draft).state, evidence.employer(again(draft))) == ("sent", None)

    def test_whoever_has_one_is_not_asked_and_signs_with_no_other(self, boss, draft, company):
        assert "signer" not in text(boss.get(url("offer_send", draft)))
        boss.post(url("offer_send", draft), data(company, signer="Somebody Else"))
        assert evidence.employer(again(draft)).name == "Olga"
