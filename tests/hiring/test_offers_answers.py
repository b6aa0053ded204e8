"""What becomes of an offer: every verb in every state, the evidence, new versions, and odd input on both sides."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from hiring import contract, offers, signing
from hiring.models import Application, Offer, Outcome, Stage
from hiring.pipeline import Refused
from mailroom import outbox
from mailroom.models import Mail
from onboarding.models import Onboarding
from tests.hiring.acts import put, standing, take_up, text, unhire, url
from tests.hiring.factories import bring, make_application, make_job, make_offer, offer_values
from vault import links
from vault.models import StoredFile, TrailEntry

pytestmark = pytest.mark.django_db

STATES = ("draft", "sent", "accepted", "declined", "expired", "withdrawn")


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind"), Stage.OFFER)


@pytest.fixture
def sent(ada, owner):
    return offers.send(make_offer(ada, owner), by=owner)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def in_state(offer, state):
    values = {"signed_name": "Ada", "answered_at": timezone.now()} if state == "accepted" else {}
    Offer.objects.filter(pk=offer.pk).update(state=state, **values)
    return fresh(offer)


def accept(offer, **fields):
    values = {"name": "Ada Lind", "address": "192.0.2.1", "agent": "Browser"} | fields
    return signing.accept(offer, **values)


def my(name, offer):
    token = links.mint(purpose="offer", subject=("offer", offer.pk), company_id=offer.company_id, days=9)
    return reverse(f"hiring_links:{name}", args=[token])


VERBS = {
    "send": lambda offer, by: offers.send(offer, by=by),
    "withdraw": lambda offer, by: offers.withdraw(offer, by=by),
    "accept": lambda offer, by: accept(offer),
    "decline": lambda offer, by: signing.decline(offer),
    "signed": lambda offer, by: signing.signed_outside(offer, by=by, file=None, name="Ada"),
}
# What each verb makes of an offer in each of STATES; "-" is refused and changes nothing.
TABLE = {
    "send": ["sent", "-", "-", "-", "-", "-"],
    "withdraw": ["-", "withdrawn", "-", "-", "-", "withdrawn"],
    "accept": ["-", "accepted", "accepted", "-", "-", "-"],
    "decline": ["-", "declined", "-", "declined", "-", "-"],
    "signed": ["accepted", "accepted", "accepted", "-", "-", "-"],
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", STATES)
def test_every_verb_in_every_state(ada, owner, verb, state):
    offer = make_offer(ada, owner)
    if state != "draft":
        offer = in_state(offers.send(offer, by=owner), state)
    expected = TABLE[verb][STATES.index(state)]
    try:
        VERBS[verb](offer, owner)
    except Refused:
        assert expected == "-", (verb, state)
    assert fresh(offer).state == (state if expected == "-" else expected)


@pytest.mark.parametrize("stage", [Stage.CV, Stage.PHONE, Stage.INTERVIEW, Stage.REFERENCES])
@pytest.mark.parametrize("act", ["send", "signed"])
def test_no_offer_before_its_stage(ada, owner, stage, act):
    draft = make_offer(put(ada, stage), owner)
    with pytest.raises(Refused, match="offer stage"):
        VERBS[act](draft, owner)
    assert (fresh(draft).state, Mail.objects.filter(message="offer").count()) == ("draft", 0)


@pytest.mark.parametrize("outcome", [Outcome.NOT_SELECTED, Outcome.WITHDRAWN])
@pytest.mark.parametrize("act", ["send", "signed"])
def test_no_offer_to_somebody_out_of_the_running(ada, owner, outcome, act):
    draft = make_offer(ada, owner)
    put(ada, Stage.OFFER, outcome)
    with pytest.raises(Refused, match="in the running"):
        VERBS[act](fresh(draft), owner)
    assert fresh(draft).state == "draft"


class TestTheContract:
    @pytest.mark.parametrize("name", contract.REQUIRED)
    def test_every_value_it_needs_is_asked_for_by_name(self, ada, owner, name):
        draft = make_offer(ada, owner, **{name: None if name in {"pay", "hours_week", "start_date"} else ""})
        label = str(Offer._meta.get_field(name).verbose_name)
        with pytest.raises(Refused, match=label):
            offers.send(draft, by=owner)
        with pytest.raises(ValueError, match=label):
            contract.text(draft)

    @pytest.mark.parametrize("name", ["benefits", "description", "terms"])
    def test_a_blank_is_never_sent(self, ada, owner, name):
        with pytest.raises(Refused, match="blank"):
            offers.send(make_offer(ada, owner, **{name: "Trial period: ____ months"}), by=owner)

    def test_no_place_is_no_line(self, ada, owner):
        assert "Place of work" not in contract.text(make_offer(ada, owner, place=""))
        assert "Place of work: Turku" in contract.text(make_offer(ada, owner, place="Turku"))

    @pytest.mark.parametrize("typed", ["{name}", "{{ offer.pay }}", "%(pay)s", "%s", "{0}", "<b>bold</b>"])
    def test_what_is_typed_is_only_text(self, ada, owner, boss, typed):
        draft = make_offer(ada, owner, terms=typed)
        assert contract.text(draft).endswith(typed)
        page = text(boss.get(url("contract", draft)))
        assert "<b>bold</b>" not in page

    @pytest.mark.parametrize(
        ("language", "day"),
        [("en", "January 11, 2027"), ("fi", "11. tammikuuta 2027"), ("zh-hans", "2027年1月11日")],
    )
    def test_speaks_the_applicants_language(self, ada, owner, language, day):
        Application.objects.filter(pk=ada.pk).update(language=language)
        assert day in contract.text(make_offer(fresh(ada), owner))

    def test_the_same_words_have_the_same_fingerprint(self):
        assert contract.sha256("x") == contract.sha256("x")
        assert contract.sha256("x") != contract.sha256("x ")
        assert len(contract.sha256("")) == 64

    def test_the_fingerprint_is_of_the_very_words_sent(self, sent):
        assert sent.contract_sha256 == contract.sha256(sent.contract_text)

    def test_renaming_the_company_later_changes_no_signed_word(self, sent, company):
        before = sent.contract_text
        type(company).objects.filter(pk=company.pk).update(legal_name="Other Oy")
        assert fresh(accept(sent)).contract_text == before

    def test_a_draft_with_gaps_shows_what_is_missing(self, boss, ada, owner):
        page = text(boss.get(url("contract", make_offer(ada, owner, terms=""))))
        assert "terms" in page

    @pytest.mark.parametrize("currency", ["XXX", "eur", "€", "?"])
    def test_an_odd_currency_still_prints(self, ada, owner, currency):
        assert "14.5" in contract.text(make_offer(ada, owner, currency=currency))


class TestVersions:
    def test_a_draft_is_edited_in_place(self, ada, owner):
        first = make_offer(ada, owner)
        second = make_offer(ada, owner, terms="Other terms")
        assert (first.pk, second.version, ada.offers.count()) == (second.pk, 1, 1)

    def test_a_new_draft_starts_from_what_was_sent(self, sent, ada):
        draft = offers.draft_for(ada)
        assert (draft.pk, draft.terms, draft.pay) == (None, sent.terms, sent.pay)

    def test_the_first_draft_starts_from_the_job(self, ada):
        draft = offers.draft_for(ada)
        assert (draft.job_title, draft.hours_week, draft.currency) == ("Support person", 20, "EUR")

    def test_pay_is_taken_over_only_when_the_advert_named_one_amount(self, company):
        exact, ranged = (make_job(company, pay_min=14, pay_max=top) for top in (14, 17))
        found = [offers.draft_for(make_application(job)).pay for job in (exact, ranged)]
        assert found == [14, None]

    def test_what_is_on_the_table_stays_until_the_new_one_leaves(self, sent, ada, owner):
        draft = make_offer(ada, owner, terms="Better terms")
        assert fresh(sent).state == "sent"
        offers.send(draft, by=owner)
        assert (fresh(sent).state, fresh(draft).state) == ("withdrawn", "sent")

    def test_the_voided_link_says_so_and_signs_nothing(self, sent, ada, owner, client):
        address = my("offer_accept", sent)
        offers.send(make_offer(ada, owner, terms="Better terms"), by=owner)
        assert client.post(address, {"name": "Ada"}).status_code == 409
        assert standing(ada) == "offer"

    def test_versions_count_up(self, sent, ada, owner):
        offers.send(make_offer(ada, owner), by=owner)
        offers.send(make_offer(ada, owner), by=owner)
        assert list(ada.offers.order_by("pk").values_list("version", "state")) == [
            (1, "withdrawn"), (2, "withdrawn"), (3, "sent"),
        ]  # fmt: skip

    def test_after_a_hire_that_was_undone_new_terms_may_be_offered(self, job, owner):
        ada = bring(make_application(job), Stage.HIRED, owner)
        unhire(ada, owner)
        job.refresh_from_db()
        take_up(ada, owner)
        second = offers.send(make_offer(ada, owner, terms="Starts a month later"), by=owner)
        assert list(ada.offers.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "sent"]
        assert accept(second).state == "accepted"

    def test_and_the_evidence_of_the_first_signature_stays(self, job, owner):
        ada = bring(make_application(job, name="Ada Lind"), Stage.HIRED, owner)
        unhire(ada, owner)
        take_up(ada, owner)
        offers.send(make_offer(ada, owner), by=owner)
        first = ada.offers.get(version=1)
        assert (first.signed_name, first.signed_outside, first.answered_at is None) == (
            "Ada Lind",
            True,
            False,
        )


class TestOpenings:
    def test_two_openings_are_two_offers(self, company, owner):
        job = make_job(company, openings=2)
        people = [put(make_application(job), Stage.OFFER) for _ in range(3)]
        for person in people[:2]:
            offers.send(make_offer(person, owner), by=owner)
        with pytest.raises(Refused, match="As many offers"):
            offers.send(make_offer(people[2], owner), by=owner)

    @pytest.mark.parametrize("state", ["declined", "expired", "withdrawn"])
    def test_an_answered_offer_frees_its_opening(self, sent, job, owner, state):
        in_state(sent, state)
        other = put(make_application(job), Stage.OFFER)
        assert offers.send(make_offer(other, owner), by=owner).state == "sent"

    def test_a_draft_takes_none(self, ada, job, owner):
        make_offer(ada, owner)
        other = put(make_application(job), Stage.OFFER)
        assert offers.send(make_offer(other, owner), by=owner).state == "sent"

    def test_somebody_else_of_another_job_takes_none(self, sent, company, owner):
        other = put(make_application(make_job(company)), Stage.OFFER)
        assert offers.send(make_offer(other, owner), by=owner).state == "sent"


class TestTheSignature:
    def test_keeps_what_proves_it(self, sent):
        offer = accept(sent, name="  Ada Lind ", agent="Browser 1.0")
        assert (offer.signed_name, offer.signed_address, offer.signed_agent, offer.consent_version) == (
            "Ada Lind", "192.0.2.1", "Browser 1.0", contract.CONSENT_VERSION,
        )  # fmt: skip

    def test_an_endless_browser_name_is_cut(self, sent):
        assert len(accept(sent, agent="x" * 5_000).signed_agent) == 300

    def test_no_address_is_none(self, sent):
        assert accept(sent, address="").signed_address is None

    def test_behind_our_proxy_it_is_the_browsers_address(self, sent, client, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        client.post(my("offer_accept", sent), {"name": "Ada"}, headers={"x-forwarded-for": "203.0.113.9"})
        assert fresh(sent).signed_address == "203.0.113.9"

    def test_without_a_proxy_a_forged_header_is_nothing(self, sent, client):
        client.post(my("offer_accept", sent), {"name": "Ada"}, headers={"x-forwarded-for": "203.0.113.9"})
        assert fresh(sent).signed_address == "127.0.0.1"

    @pytest.mark.parametrize("name", ["", "   ", "x" * 201, "A\x00da"])
    def test_no_name_no_signature(self, sent, client, name):
        answer = client.post(my("offer_accept", sent), {"name": name})
        assert (answer.status_code, fresh(sent).state) == (422, "sent")

    @pytest.mark.parametrize("name", ["李伟", "محمد علي", "O'Brien-Łukasz", "<b>Ada</b>"])
    def test_any_name_is_kept_and_shown_as_text(self, sent, client, name):
        client.post(my("offer_accept", sent), {"name": name})
        page = text(client.get(my("offer", sent)))
        assert (fresh(sent).signed_name, "<b>Ada" in page) == (name, False)

    def test_fields_the_form_does_not_show_change_nothing(self, sent, client):
        client.post(
            my("offer_accept", sent), {"name": "Ada", "pay": "99", "state": "draft", "signed_outside": "1"}
        )
        offer = fresh(sent)
        assert (offer.pay, offer.state, offer.signed_outside) == (sent.pay, "accepted", False)

    def test_one_moment_before_the_end_counts(self, sent):
        Offer.objects.filter(pk=sent.pk).update(expires_at=timezone.now() + timedelta(seconds=30))
        assert accept(fresh(sent)).state == "accepted"

    def test_one_moment_after_it_does_not(self, sent, ada):
        Offer.objects.filter(pk=sent.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        with pytest.raises(Refused, match="expired"):
            accept(fresh(sent))
        assert (standing(ada), Onboarding.objects.count()) == ("offer", 0)

    def test_a_paused_job_still_takes_the_signature(self, sent, job, ada):
        type(job).objects.filter(pk=job.pk).update(status="paused")
        accept(sent)
        assert (standing(ada), fresh(job).status) == ("hired", "filled")

    def test_opens_the_first_weeks_with_what_was_agreed(self, sent, ada, owner):
        accept(sent)
        plan = Onboarding.objects.get()
        assert (plan.job_title, plan.start_date, plan.hours_week, plan.manager) == (
            "Support person", sent.start_date, 20, owner,
        )  # fmt: skip

    def test_without_an_address_nobody_can_come_in(self, ada, owner):
        draft = make_offer(ada, owner)
        Application.objects.filter(pk=ada.pk).update(email="")
        with pytest.raises(Refused, match="e-mail"):
            signing.signed_outside(draft, by=owner, file=None, name="Ada")
        assert (fresh(draft).state, standing(ada)) == ("draft", "offer")


class TestDeclining:
    def test_keeps_the_words_and_tells_the_sender(self, sent, client, owner):
        client.post(my("offer_decline", sent), {"note": "Too far"})
        mail = Mail.objects.get(message="offer_answered")
        assert (fresh(sent).state, fresh(sent).answer_note, mail.recipient) == (
            "declined", "Too far", owner.email,
        )  # fmt: skip

    def test_words_too_long_are_given_back_and_not_swallowed(self, sent, client):
        answer = client.post(my("offer_decline", sent), {"note": "Because " * 200})
        page = text(answer)
        assert (answer.status_code, fresh(sent).state) == (422, "sent")
        assert ("Because Because" in page, "invalid-feedback" in page) == (True, True)

    def test_twice_is_once(self, sent, client):
        for _ in range(2):
            client.post(my("offer_decline", sent), {"note": ""})
        assert Mail.objects.filter(message="offer_answered").count() == 1

    def test_then_signing_is_too_late(self, sent, client, ada):
        client.post(my("offer_decline", sent), {"note": ""})
        assert client.post(my("offer_accept", sent), {"name": "Ada"}).status_code == 409
        assert standing(ada) == "offer"

    def test_a_sender_who_left_is_not_written_to(self, sent, owner):
        type(owner).objects.filter(pk=owner.pk).update(removed_at=timezone.now())
        signing.decline(fresh(sent))
        assert Mail.objects.filter(message="offer_answered").count() == 0


class TestTheLink:
    def test_of_an_offer_that_is_gone_is_gone(self, sent, client):
        address = my("offer", sent)
        Offer.objects.all().delete()
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("name", ["offer_accept", "offer_decline"])
    def test_is_answered_by_post_only(self, sent, client, name):
        assert client.get(my(name, sent)).status_code == 405
        assert fresh(sent).state == "sent"

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ("accepted", "Signed by Ada"),
            ("declined", "You have declined"),
            ("expired", "has expired"),
            ("withdrawn", "off the table"),
        ],
    )
    def test_each_state_in_plain_words_without_a_button(self, sent, client, state, words):
        page = text(client.get(my("offer", in_state(sent, state))))
        assert (words in page, "Sign and accept" in page) == (True, False)

    def test_an_expired_one_is_told_before_the_beat_has_run(self, sent, client):
        Offer.objects.filter(pk=sent.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        page = text(client.get(my("offer", sent)))
        assert ("has expired" in page, "Sign and accept" in page) == (True, False)

    def test_shows_a_withdrawn_contract_to_nobody(self, sent, client):
        page = text(client.get(my("offer", in_state(sent, "withdrawn"))))
        assert "Two months" not in page

    def test_costs_four_queries(self, sent, client, django_assert_num_queries):
        address = my("offer", sent)
        with django_assert_num_queries(4):  # the link; the offer; how it was signed; what was asked
            client.get(address)


class TestSendingFromThePage:
    @pytest.mark.parametrize("day", [-1, 61, "soon", "", "2027-02-30", "0001-01-01"])
    def test_an_impossible_last_day_sends_nothing_and_says_why(self, boss, ada, owner, day):
        draft = make_offer(ada, owner)
        until = day if isinstance(day, str) else offers.day_in(day, owner.company).isoformat()
        answer = boss.post(url("offer_send", draft), {"until": until})
        assert (answer.status_code, "invalid-feedback" in text(answer)) == (422, True)
        assert (fresh(draft).state, Mail.objects.filter(message="offer").count()) == ("draft", 0)

    @pytest.mark.parametrize("days", [0, 1, 60])
    def test_the_edges_are_taken(self, boss, ada, owner, days):
        draft, until = make_offer(ada, owner), offers.day_in(days, owner.company)
        boss.post(url("offer_send", draft), {"until": until.isoformat()})
        assert fresh(draft).expires_at == offers.end_of(until, owner.company)

    def test_sent_twice_is_one_mail(self, boss, ada, owner):
        draft = make_offer(ada, owner)
        for _ in range(2):
            boss.post(url("offer_send", draft), {"until": offers.day_in(7, owner.company).isoformat()})
        assert Mail.objects.filter(message="offer").count() == 1

    @pytest.mark.parametrize("day", ["2020-01-01", "9999-12-31", "0001-01-01", "soon", "2027-02-30"])
    def test_an_impossible_first_day_is_refused_beside_the_field(self, boss, ada, day):
        data = {name: str(value) for name, value in offer_values(start_date=day).items()}
        answer = boss.post(url("offer", ada), data)
        assert (answer.status_code, "invalid-feedback" in text(answer)) == (422, True)
        assert ada.offers.count() == 0

    @pytest.mark.parametrize(
        ("field", "value"),
        [("pay", "0"), ("pay", "1e9999"), ("pay", "NaN"), ("hours_week", "0"), ("hours_week", "60.1"),
         ("job_title", "x" * 121), ("terms", "x" * 10_001), ("currency", "EURO"), ("pay_period", "decade")],
    )  # fmt: skip
    def test_odd_values_are_refused(self, boss, ada, field, value):
        data = {name: str(value) for name, value in offer_values().items()} | {field: value}
        assert boss.post(url("offer", ada), data).status_code == 422
        assert ada.offers.count() == 0

    def test_a_gap_is_kept_as_a_draft(self, boss, ada):
        data = {name: str(value) for name, value in offer_values(terms="").items()}
        boss.post(url("offer", ada), data)
        assert (ada.offers.get().state, ada.offers.get().terms) == ("draft", "")

    def test_withdrawing_in_time_stops_the_mail(self, boss, sent):
        Mail.objects.filter(message="offer").update(state="waiting")
        boss.post(url("offer_withdraw", sent))
        assert outbox.state(about=("offer", sent.pk), message="offer") == "cancelled"

    @pytest.mark.parametrize("name", ["offer_withdraw", "offer_signed"])
    def test_is_no_get(self, boss, sent, name):
        assert boss.get(url(name, sent)).status_code == 405

    @pytest.mark.parametrize("name", ["offer_send", "offer_withdraw", "offer_signed"])
    def test_is_not_for_an_interviewer(self, sign_in, interviewer, sent, name):
        assert sign_in(interviewer).post(url(name, sent), {"days": 7}).status_code == 403
        assert fresh(sent).state == "sent"

    def test_the_trail_says_each_step_without_a_value(self, sent):
        signing.decline(sent, note="Secret reason")
        actions = TrailEntry.objects.filter(kind="offer").order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["offer.sent", "offer.declined"]
        assert "Secret" not in str(list(TrailEntry.objects.values_list("fields", flat=True)))


class TestSignedElsewhere:
    def scan(self, name="signed.txt", body=b"Signed on paper by Ada Lind in Turku"):
        return SimpleUploadedFile(name, body)

    def upload(self, client, offer, file=None):
        data = {"name": "Ada", "signed_on": offers.day_in(0, offer.company), "file": file or self.scan()}
        return client.post(url("offer_signed", offer), data)

    def test_a_double_click_keeps_one_copy(self, boss, sent):
        for _ in range(2):
            self.upload(boss, sent)
        assert (StoredFile.objects.count(), Onboarding.objects.count()) == (1, 1)

    def test_a_refused_copy_is_not_kept(self, boss, sent, ada):
        in_state(sent, "withdrawn")
        self.upload(boss, sent)
        assert (StoredFile.objects.count(), standing(ada)) == (0, "offer")

    @pytest.mark.parametrize(
        ("name", "body"),
        [("signed.pdf", b"<html>not a pdf</html>"), ("signed.exe", b"MZ" + b"\x00" * 90), ("empty.txt", b"")],
    )
    def test_a_wrong_file_is_refused_beside_the_field(self, boss, sent, name, body):
        answer = self.upload(boss, sent, self.scan(name, body))
        assert (answer.status_code, fresh(sent).state, StoredFile.objects.count()) == (422, "sent", 0)

    def test_a_draft_that_was_never_mailed_is_fixed_now(self, boss, ada, owner):
        draft = make_offer(ada, owner)
        self.upload(boss, draft)
        offer = fresh(draft)
        assert (offer.state, offer.contract_sha256) == ("accepted", contract.sha256(offer.contract_text))

    def test_with_a_missing_value_nobody_is_hired(self, boss, ada, owner):
        draft = make_offer(ada, owner, terms="")
        self.upload(boss, draft)
        assert (fresh(draft).state, standing(ada), StoredFile.objects.count()) == ("draft", "offer", 0)
