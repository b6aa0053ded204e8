"""An owner looks at an offer before a manager sends it: every step allowed and refused, and whom it is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hiring import approvals, contract_templates, offer_telling, offers
from hiring.models import Decision, OfferApproval, Stage
from hiring.pipeline import Refused
from mailroom.models import Mail, Notice
from tests.factories import make_member
from tests.hiring.acts import put, refuse, text, url
from tests.hiring.factories import make_application, make_job, make_offer
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company, manager):
    return put(make_application(make_job(company, members=[manager]), name="Ada Lind"), Stage.OFFER)


@pytest.fixture
def draft(ada, manager):
    return make_offer(ada, manager)


@pytest.fixture
def asked(draft, manager):
    return approvals.ask(draft, by=manager)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def told(member):
    return Notice.objects.filter(member=member, kind=offer_telling.KIND, handled_at=None).count()


# -- sending


def test_an_owner_sends_without_asking(draft, owner):
    assert offers.send(draft, by=owner).state == "sent"


def test_a_manager_does_not(draft, manager):
    with pytest.raises(Refused, match="owner approves"):
        offers.send(draft, by=manager)
    assert (fresh(draft).state, Mail.objects.filter(message="offer").count()) == ("draft", 0)


def test_nor_while_it_is_being_looked_at(draft, asked, manager):
    with pytest.raises(Refused):
        offers.send(draft, by=manager)


def test_nor_after_it_came_back(draft, asked, manager, owner):
    approvals.send_back(asked, by=owner, comment="More leave")
    with pytest.raises(Refused):
        offers.send(draft, by=manager)


def test_approved_a_manager_sends(draft, asked, manager, owner):
    approvals.approve(asked, by=owner)
    sent = offers.send(draft, by=manager)
    assert (sent.state, sent.contract_sha256) == ("sent", asked.sha256)


def test_a_changed_draft_is_approved_anew(ada, draft, asked, manager, owner):
    approvals.approve(asked, by=owner)
    make_offer(ada, manager, pay="99.00")
    assert fresh(asked).decision == Decision.VOID
    with pytest.raises(Refused, match="owner approves"):
        offers.send(draft, by=manager)


def test_keeping_the_same_values_changes_nothing(ada, draft, asked, manager, owner):
    approvals.approve(asked, by=owner)
    make_offer(ada, manager)
    assert offers.send(draft, by=manager).state == "sent"


@pytest.mark.parametrize("what", ["template", "name of the shop"])
def test_words_that_changed_elsewhere_are_approved_anew(draft, asked, manager, owner, company, what):
    approvals.approve(asked, by=owner)
    if what == "template":
        own = contract_templates.shipped("en") + "\nTea is free."
        contract_templates.save(company, "en", own, by=owner)
    else:
        type(company).objects.filter(pk=company.pk).update(legal_name="Other Oy")
    with pytest.raises(Refused, match="owner approves"):
        offers.send(fresh(draft), by=manager)


def test_an_approval_is_of_one_offer(asked, manager, owner, company):
    approvals.approve(asked, by=owner)
    other = put(make_application(make_job(company, members=[manager])), Stage.OFFER)
    with pytest.raises(Refused, match="owner approves"):
        offers.send(make_offer(other, manager), by=manager)


def test_an_offer_that_expired_stands_longer_without_asking_again(draft, asked, manager, owner):
    from hiring import offer_days

    approvals.approve(asked, by=owner)
    sent = offers.send(draft, by=manager)
    assert offer_days.extend(sent, by=manager, until=offers.day_in(20, owner.company)).state == "sent"


# -- asking


def test_asking_twice_is_one_question(draft, asked, manager):
    assert approvals.ask(draft, by=manager).pk == asked.pk
    assert OfferApproval.objects.count() == 1


def test_an_owner_has_nobody_to_ask(draft, owner):
    with pytest.raises(Refused, match="You are an owner"):
        approvals.ask(draft, by=owner)


def test_what_could_not_leave_is_not_asked_about(ada, manager):
    with pytest.raises(Refused, match="Still missing"):
        approvals.ask(make_offer(ada, manager, pay=None), by=manager)


def test_nor_an_offer_to_somebody_out_of_the_running(ada, draft, manager, owner):
    refuse(ada, owner)
    with pytest.raises(Refused, match="in the running"):
        approvals.ask(fresh(draft), by=manager)


def test_after_it_came_back_one_asks_anew(ada, draft, asked, manager, owner):
    approvals.send_back(asked, by=owner, comment="More leave")
    again = approvals.ask(make_offer(ada, manager, leave_days=30), by=manager)
    assert (again.pk != asked.pk, again.is_open, told(owner)) == (True, True, 1)


# -- deciding


@pytest.mark.parametrize("act", ["approve", "send_back"])
def test_only_an_owner_decides(asked, manager, act):
    values = {"comment": "No"} if act == "send_back" else {}
    with pytest.raises(Refused, match="Only an owner"):
        getattr(approvals, act)(asked, by=manager, **values)
    assert fresh(asked).is_open


def test_approving_twice_changes_nothing(asked, owner, company):
    first = approvals.approve(asked, by=owner)
    again = approvals.approve(asked, by=make_member(company, "owner"))
    assert (again.decided_by, again.decided_at) == (owner, first.decided_at)


def test_sending_back_needs_words(asked, owner):
    with pytest.raises(Refused, match="what to change"):
        approvals.send_back(asked, by=owner, comment="  ")


@pytest.mark.parametrize("first", ["approve", "send_back"])
def test_what_is_decided_is_not_decided_otherwise(asked, owner, first):
    acts = {
        "approve": lambda: approvals.approve(asked, by=owner),
        "send_back": lambda: approvals.send_back(asked, by=owner, comment="No"),
    }
    acts.pop(first)()
    with pytest.raises(approvals.Stale):
        acts.popitem()[1]()


def test_words_changed_under_the_reading_are_not_approved(ada, asked, manager, owner):
    make_offer(ada, manager, pay="99.00")
    with pytest.raises(approvals.Stale):
        approvals.approve(asked, by=owner)


def test_nor_a_shop_that_was_renamed_meanwhile(asked, owner, company):
    type(company).objects.filter(pk=company.pk).update(legal_name="Other Oy")
    with pytest.raises(approvals.Stale, match="words of the contract"):
        approvals.approve(fresh(asked), by=owner)


# -- telling


def test_every_owner_hears_and_the_asker_does_not(draft, manager, owner, company):
    other = make_member(company, "owner")
    approvals.ask(draft, by=manager)
    assert [told(member) for member in (owner, other, manager)] == [1, 1, 0]
    subjects = Mail.objects.filter(message="told_one").values_list("subject", flat=True)
    assert {subject.endswith("asks you to approve the offer to Ada Lind.") for subject in subjects} == {True}


def test_whoever_asked_hears_the_answer_and_the_owners_are_done(asked, manager, owner):
    approvals.approve(asked, by=owner)
    assert (told(owner), told(manager)) == (0, 1)


def test_what_came_back_is_mailed_with_the_owners_words(asked, manager, owner):
    approvals.send_back(asked, by=owner, comment="More leave, please")
    mail = Mail.objects.get(message="offer_sent_back")
    assert (mail.recipient, told(manager)) == (manager.email, 1)


def test_the_trail_says_each_step(draft, asked, owner):
    approvals.approve(asked, by=owner)
    found = TrailEntry.objects.filter(kind="offer").order_by("pk").values_list("action", flat=True)
    assert list(found) == ["offer.approval_asked", "offer.approved"]


@pytest.mark.parametrize(("hours", "reminded"), [(23, 0), (25, 1)])
def test_owners_hear_once_more_after_a_day(asked, owner, hours, reminded):
    Notice.objects.update(handled_at=timezone.now())
    later = timezone.now() + timedelta(hours=hours)
    assert [approvals.remind(later), approvals.remind(later)] == [reminded, 0]
    assert told(owner) == reminded


def test_what_is_decided_is_not_reminded_of(asked, owner):
    approvals.approve(asked, by=owner)
    assert approvals.remind(timezone.now() + timedelta(days=3)) == 0


# -- the pages


def test_the_way_through_the_pages(ada, draft, manager, owner, sign_in):
    mika, ann = sign_in(manager), sign_in(owner)
    assert "Ask for approval" in text(mika.get(url("candidate", ada)))
    mika.post(url("offer_approval", draft))
    assert "Waits for an owner" in text(mika.get(url("candidate", ada)))
    assert "waits for an owner&#x27;s approval" in text(ann.get("/"))
    row = OfferApproval.objects.get()
    assert url("offer_decide", row) in text(ann.get(url("candidate", ada)))
    ann.post(url("offer_decide", row))
    assert url("offer_send", draft) in text(mika.get(url("candidate", ada)))
    mika.post(url("offer_send", draft), {"until": offers.day_in(7, owner.company).isoformat()})
    assert fresh(draft).state == "sent"


def test_sent_back_shows_the_words(ada, asked, manager, owner, sign_in):
    data = {"back": "1", "comment": "More <b>leave</b>"}
    sign_in(owner).post(url("offer_decide", asked), data)
    shown = text(sign_in(manager).get(url("candidate", ada)))
    assert ("More &lt;b&gt;leave&lt;/b&gt;" in shown, "Ask for approval" in shown) == (True, True)


def test_sending_back_without_words_is_refused_beside_the_field(asked, owner, sign_in):
    answer = sign_in(owner).post(url("offer_decide", asked), {"back": "1", "comment": ""})
    assert (answer.status_code, "invalid-feedback" in text(answer), fresh(asked).is_open) == (422, True, True)


def test_a_page_that_was_overtaken_says_so(ada, asked, manager, owner, sign_in):
    make_offer(ada, manager, pay="99.00")
    answer = sign_in(owner).post(url("offer_decide", asked))
    assert (answer.status_code, "Look at it again" in text(answer)) == (409, True)


def test_an_owner_alone_reads_nothing_of_it(ada, owner, sign_in):
    make_offer(ada, owner)
    shown = text(sign_in(owner).get(url("candidate", ada))) + text(sign_in(owner).get("/"))
    assert "approv" not in shown.lower()


def test_a_manager_is_sent_to_ask_first(draft, manager, sign_in):
    shown = text(sign_in(manager).get(url("offer_send", draft)))
    assert ("An owner looks at the offer" in shown, 'name="until"' in shown) == (True, False)


@pytest.mark.parametrize("name", ["offer_approval", "offer_decide"])
def test_others_are_kept_out(draft, asked, name, interviewer, rival, hire, sign_in):
    row = draft if name == "offer_approval" else asked
    found = [sign_in(member).post(url(name, row)).status_code for member in (interviewer, hire, rival)]
    assert (found, fresh(asked).is_open) == ([403, 403, 404], True)


def test_a_manager_of_another_job_does_not_ask(company, draft, sign_in):
    elsewhere = make_member(company, "manager", email="other@lumi.example")
    assert sign_in(elsewhere).post(url("offer_approval", draft)).status_code == 403
