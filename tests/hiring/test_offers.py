"""Offers: what stops them, how they are signed, and the pages on both sides."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hiring import closing, contract, offers, pipeline, signing, tasks
from hiring.models import Application, How, JobStatus, Offer, Stage
from hiring.pipeline import Refused
from mailroom import outbox
from onboarding.models import Onboarding
from tests.hiring.factories import (
    bring,
    go,
    make_application,
    make_job,
    make_offer,
    offer_values,
    sign,
)
from vault import links

pytestmark = pytest.mark.django_db
IDENTITY = 3


@pytest.fixture
def application(company, manager, owner):
    return bring(make_application(make_job(company, members=[manager]), name="Ada Lind"), Stage.OFFER, owner)


@pytest.fixture
def sent(application, owner):
    return offers.send(make_offer(application, owner), by=owner)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def token_of(offer):
    return links.mint(purpose="offer", subject=("offer", offer.pk), company_id=offer.company_id, days=9)


def my(name, token):
    return reverse(f"hiring_links:{name}", args=[token])


def accept(offer, name="Ada Lind"):
    return signing.accept(offer, name=name, address="192.0.2.1", agent="Browser")


# -- the contract


def test_the_contract_has_its_four_parts(application, owner):
    words = contract.text(make_offer(application, owner))
    parts = ("€14.50 an hour", "25 days of holiday", "You answer our customers.", "Two months' notice")
    values = ("Lumi Oy", "Ada Lind", "January 11, 2027")
    assert [part for part in (*parts, *values) if part not in words] == []


@pytest.mark.parametrize("name", contract.REQUIRED)
def test_a_missing_value_stops_the_sending(application, owner, name):
    empty = None if name in {"pay", "hours_week", "start_date"} else ""
    offer = make_offer(application, owner, **{name: empty})
    with pytest.raises(Refused, match="missing"):
        offers.send(offer, by=owner)
    assert (fresh(offer).state, outbox.state(about=("offer", offer.pk), message="offer")) == ("draft", None)


def test_a_blank_left_in_the_terms_stops_the_sending(application, owner):
    with pytest.raises(Refused, match="blank"):
        offers.send(make_offer(application, owner, terms="Notice: ____"), by=owner)


def test_what_is_signed_is_what_was_sent(sent, company):
    company.legal_name = "Renamed Oy"
    company.save()
    offer = fresh(sent)
    assert contract.sha256(offer.contract_text) == offer.contract_sha256
    assert "Renamed" not in offer.contract_text


# -- stops


def test_no_offer_to_somebody_out_of_the_running(application, owner):
    offer = make_offer(application, owner)
    pipeline.not_select(
        application, by=owner, expected="offer", reason="pay", tell="phone", how=How.PAGE
    )  # fmt: skip
    with pytest.raises(Refused, match="in the running"):
        offers.send(offer, by=owner)


def test_no_offer_before_the_offer_stage(company, owner):
    with pytest.raises(Refused):
        offers.send(make_offer(make_application(make_job(company)), owner), by=owner)


def test_no_more_live_offers_than_openings(application, sent, owner):
    other = bring(make_application(application.job), Stage.OFFER, owner)
    offer = make_offer(other, owner)
    with pytest.raises(Refused, match="openings"):
        offers.send(offer, by=owner)
    offers.withdraw(sent, by=owner)
    assert offers.send(offer, by=owner).state == "sent"


def test_a_new_version_voids_the_old_one_when_it_is_sent(application, sent, owner):
    draft = make_offer(application, owner, pay="15.00")
    assert (draft.version, fresh(sent).state) == (2, "sent")
    offers.send(draft, by=owner)
    assert fresh(sent).state == "withdrawn"
    with pytest.raises(Refused, match="off the table"):
        accept(sent)


def test_leaving_the_offer_stage_withdraws_the_offer(application, sent, owner):
    go(application, Stage.REFERENCES, owner)
    assert fresh(sent).state == "withdrawn"


# -- signing


def test_a_typed_name_hires_and_keeps_the_evidence(application, sent):
    offer = accept(sent, name=" Ada Lind ")
    assert (offer.state, offer.signed_name, offer.signed_address, offer.signed_agent, offer.consent_version) == (
        "accepted", "Ada Lind", "192.0.2.1", "Browser", contract.CONSENT_VERSION,
    )  # fmt: skip
    hired, job = fresh(application), fresh(application.job)
    assert (hired.stage, hired.moves.latest("pk").by_link, job.status) == ("hired", True, JobStatus.FILLED)
    assert Onboarding.objects.get().job_title == "Support person"


def test_accepting_twice_changes_nothing(application, sent):
    first = accept(sent)
    assert accept(sent, name="Somebody Else").signed_name == first.signed_name
    assert (Onboarding.objects.count(), application.moves.filter(to_stage="hired").count()) == (1, 1)


@pytest.mark.parametrize("act", [accept, signing.decline])
def test_an_expired_offer_is_answered_no_more(sent, act):
    Offer.objects.filter(pk=sent.pk).update(expires_at=timezone.now())
    with pytest.raises(Refused, match="expired"):
        act(sent)
    assert offers.expire() == 1
    assert offers.expire() == 0
    assert fresh(sent).state == "expired"


def test_no_signature_without_a_name(sent):
    with pytest.raises(Refused, match="name"):
        accept(sent, name="  ")
    assert fresh(sent).state == "sent"


def test_an_accepted_offer_cannot_be_withdrawn(sent, owner):
    accept(sent)
    with pytest.raises(Refused):
        offers.withdraw(sent, by=owner)


def test_a_declined_offer_leaves_the_person_at_the_offer_stage(application, sent):
    signing.decline(sent, note="Too far")
    signing.decline(sent)
    assert (fresh(sent).state, fresh(sent).answer_note, fresh(application).stage) == (
        "declined",
        "Too far",
        "offer",
    )


def test_a_job_with_two_openings_goes_on_after_the_first(company, owner):
    job = make_job(company, openings=2)
    first, second = (bring(make_application(job), Stage.OFFER, owner) for _ in range(2))
    sign(first, owner)
    assert fresh(job).status == JobStatus.OPEN
    sign(second, owner)
    assert fresh(job).status == JobStatus.FILLED


def test_hiring_stays_within_its_queries(sent):
    """A company's very first hire: the default plan is made and copied, days off are looked up, and the comparison
    of before and after begins. Savepoints are not counted."""
    with CaptureQueriesContext(connection) as found:
        accept(sent)
    asked = [query["sql"] for query in found if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 61


def test_the_weak_skills_go_along_to_the_first_weeks(application, owner):
    from tests.hiring.factories import make_card

    make_card(application, owner, levels=[2, 5])
    sign(application, owner)
    assert Onboarding.objects.get().steps.filter(about="Writes clearly").count() == 1


def test_a_hire_can_be_undone_and_made_again(application, owner):
    sign(application, owner)
    pipeline.unhire(application, by=owner, expected="hired", reason="circumstances", how=How.PAGE)
    application.refresh_from_db()
    assert (application.standing, fresh(application.job).status) == ("offer:withdrawn", JobStatus.PAUSED)
    pipeline.take_up(application, by=owner, expected="offer:withdrawn", reason="news", how=How.PAGE)
    application.refresh_from_db()
    go(application, Stage.HIRED, owner)
    assert (fresh(application.job).status, Onboarding.objects.count()) == (JobStatus.FILLED, 2)


# -- telling the others


def test_after_the_hire_everybody_else_is_told_at_once(application, owner, sign_in):
    job = application.job
    first, second = make_application(job), make_application(job, email="")
    sign(application, owner)
    client, page = sign_in(owner), reverse("hiring:unheard", args=[job.pk])
    assert "2 people have not heard" in client.get(page).content.decode()
    client.post(page)
    assert "Everybody has heard" in client.get(page).content.decode()
    assert [fresh(row).reason for row in (first, second)] == ["filled", "filled"]
    assert outbox.state(about=("application", first.pk), message="not_selected") == "waiting"
    assert closing.tell_all(fresh(job), by=owner) == 0


def test_while_the_job_goes_on_nobody_is_told_in_bulk(application, owner, sign_in):
    other = make_application(application.job)
    sign_in(owner).post(reverse("hiring:unheard", args=[application.job_id]))
    assert fresh(other).is_active


# -- the pages


def test_the_draft_is_written_and_sent_from_the_page(application, owner, sign_in):
    client = sign_in(owner)
    data = {name: str(value) for name, value in offer_values().items()}
    client.post(reverse("hiring:offer", args=[application.pk]), data)
    offer = Offer.objects.get()
    until = offers.day_in(3, owner.company)
    data = {"until": until.isoformat(), "contract_check": "standard"}
    client.post(reverse("hiring:offer_send", args=[offer.pk]), data)
    offer.refresh_from_db()
    assert (offer.state, offer.expires_at) == ("sent", offers.end_of(until, owner.company))
    assert (
        "It stands until:" in client.get(reverse("hiring:candidate", args=[application.pk])).content.decode()
    )


@pytest.mark.parametrize(
    "wrong", [{"pay": "-1"}, {"pay": "much"}, {"start_date": "2020-01-01"}, {"hours_week": "999"}]
)
def test_an_impossible_offer_keeps_what_was_typed(application, owner, sign_in, wrong):
    data = {name: str(value) for name, value in offer_values(terms="My own terms").items()} | wrong
    answer = sign_in(owner).post(reverse("hiring:offer", args=[application.pk]), data)
    assert (answer.status_code, "My own terms" in answer.content.decode()) == (422, True)
    assert Offer.objects.count() == 0


def test_reading_the_link_changes_nothing(sent, client):
    token = token_of(sent)
    for read in (client.get, client.head):
        assert read(my("offer", token)).status_code == 200
    assert "Two months&#x27; notice" in client.get(my("offer", token)).content.decode()
    assert fresh(sent).state == "sent"


def test_signing_behind_the_link_is_a_post_answered_by_redirect(sent, client):
    token = token_of(sent)
    for _ in range(2):
        assert client.post(my("offer_accept", token), {"name": "Ada Lind"}).status_code == 302
    page = client.get(my("offer", token)).content.decode()
    assert ("Signed by Ada Lind" in page, "Sign and accept" in page) == (True, False)


def test_a_withdrawn_offer_says_so_and_is_not_signed(sent, client, owner):
    token = token_of(sent)
    offers.withdraw(sent, by=owner)
    assert "off the table" in client.get(my("offer", token)).content.decode()
    assert client.post(my("offer_accept", token), {"name": "Ada"}).status_code == 409
    assert Application.objects.get().stage == "offer"


def test_unknown_altered_and_foreign_tokens_are_one_answer(sent, client, company):
    other = links.mint(purpose="status", subject=("application", 1), company_id=company.pk, days=1)
    pages = {client.get(my("offer", token)).content for token in ("x", token_of(sent) + "x", other)}
    assert len(pages) == 1


def test_a_copy_signed_outside_is_kept_and_hires(application, sent, owner, sign_in):
    scan = SimpleUploadedFile("signed.txt", b"Signed by Ada Lind, on paper, in Turku")
    data = {"name": "Ada Lind", "signed_on": offers.day_in(0, sent.company), "file": scan}
    sign_in(owner).post(reverse("hiring:offer_signed", args=[sent.pk]), data)
    offer = fresh(sent)
    assert (offer.state, offer.signed_outside, offer.signed_file.original_name) == (
        "accepted",
        True,
        "signed.txt",
    )
    assert fresh(application).stage == "hired"


def test_without_the_copy_nobody_is_hired(sent, application, owner, sign_in):
    answer = sign_in(owner).post(reverse("hiring:offer_signed", args=[sent.pk]), {"name": "Ada"})
    assert (answer.status_code, fresh(application).stage) == (422, "offer")


def test_offers_of_others_are_out_of_reach(sent, rival, sign_in, company, manager):
    assert sign_in(rival).post(reverse("hiring:offer_withdraw", args=[sent.pk])).status_code == 404
    elsewhere = make_offer(make_application(make_job(company)), manager)
    assert sign_in(manager).get(reverse("hiring:contract", args=[elsewhere.pk])).status_code == 403


def test_expiry_is_measured_to_the_moment(sent):
    assert sent.has_expired(sent.expires_at - timedelta(seconds=1)) is False
    assert sent.has_expired(sent.expires_at) is True


def test_whoever_sent_the_offer_hears_of_the_answer(sent):
    signing.decline(sent, note="Too far")
    assert outbox.state(about=("offer", sent.pk), message="offer_answered") == "waiting"


def test_the_beat_ends_offers_whose_time_is_over(sent):
    Offer.objects.filter(pk=sent.pk).update(expires_at=timezone.now())
    for _ in range(2):
        tasks.expire_offers()
    assert fresh(sent).state == "expired"
