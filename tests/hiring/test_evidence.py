"""The history of a contract: what is written down, and that nothing in it can be changed unseen."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hiring import evidence, offers, signing
from hiring.contract import CONSENT_VERSION
from hiring.evidence import Signature
from hiring.models import Evidence, Offer
from mailroom.models import Mail
from tests.hiring.factories import make_offer
from tests.hiring.signed import accept, again, change, countersign, deeds, make_sent, state
from vault import links
from vault.models import AppendOnly, Link

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(company, owner):
    return make_sent(company, owner)


def last(offer) -> Evidence:
    return evidence.lines(offer)[-1]


def line(offer, what) -> Evidence:
    return next(row for row in evidence.lines(offer) if row.what == what)


# -- what is written


def test_sending_signs_for_the_employer(sent, owner):
    row = line(sent, "employer")
    assert deeds(sent) == ["prepared", "employer", "sent"]
    assert (row.name, row.member_id, row.consent_version) == (str(owner), owner.pk, CONSENT_VERSION)


def test_a_name_typed_on_sending_is_the_signature(company, owner):
    offer = make_sent(company, owner, signature=Signature(" Olga O. ", "2001:DB8::1", "Browser"))
    row = line(offer, "employer")
    assert (row.name, row.address, row.agent) == ("Olga O.", "2001:db8::1", "Browser")


def test_whoever_signs_later_has_not_signed(company, owner):
    offer = make_sent(company, owner, signature=None)
    assert deeds(offer) == ["prepared", "sent"]
    assert evidence.employer_signed(offer) is False


def test_the_candidate_s_line_holds_the_whole_proof(sent):
    Mail.objects.filter(message="offer").update(state="done", sent_at=timezone.now())
    links.mint(purpose="offer", subject=("offer", sent.pk), company_id=sent.company_id, days=9)
    link = Link.objects.latest("pk")
    accept(sent, link=link.pk, opened=timezone.now())
    assert deeds(sent)[3:] == ["mailed", "opened", "candidate"]
    row = last(sent)
    assert (row.name, row.email, row.address, row.agent, row.consent_version, row.member_id) == (
        "Ada Lind", sent.application.email, "192.0.2.1", "Firefox 140", CONSENT_VERSION, None,
    )  # fmt: skip
    assert row.link_hash == evidence.link_hash(link.pk) != link.token_hash
    assert row.contract_sha256 == again(sent).contract_sha256


def test_a_mail_that_has_not_left_is_not_claimed(sent):
    accept(sent)
    assert "mailed" not in deeds(sent)


def test_accepting_twice_writes_one_line(sent):
    accept(sent)
    accept(sent, name="Somebody Else")
    assert deeds(sent).count("candidate") == 1


def test_declining_is_written_down(sent):
    signing.decline(sent, link=7)
    assert (last(sent).what, last(sent).link_hash) == ("declined", evidence.link_hash(7))


def test_a_copy_from_outside_has_its_day(sent, owner):
    signing.signed_outside(sent, by=owner, file=None, name="Ada Lind", signed_on=date(2026, 11, 20))
    row = last(sent)
    assert (row.what, row.name, row.signed_on, row.member_id) == (
        "outside",
        "Ada Lind",
        date(2026, 11, 20),
        owner.pk,
    )


def test_taken_back_and_sent_again_the_first_signature_counts_no_more(sent, owner):
    from accounts import undoing

    offers.take_back(sent, undoing.offered(again(sent), "sent", owner), by=owner)
    draft = offers.save_draft(sent.application, by=owner, values=values(terms="Other terms"))
    offers.send(draft, by=owner, signature=None)
    assert deeds(sent) == ["prepared", "employer", "sent", "taken_back", "prepared", "sent"]
    assert (evidence.employer_signed(again(sent)), state(sent)) == (False, "intact")


def values(**more):
    from tests.hiring.factories import offer_values

    return offer_values(**more)


def test_a_new_version_has_a_chain_of_its_own(sent, owner):
    newer = offers.send(make_offer(sent.application, owner, terms="Better"), by=owner)
    assert (deeds(newer), evidence.lines(newer)[0].previous) == (["prepared", "employer", "sent"], "")


def test_it_is_written_once(sent):
    row = last(sent)
    for wrong in (
        row.save,
        lambda: Evidence.objects.all().delete(),
        lambda: Evidence.objects.update(name="x"),
    ):
        with pytest.raises(AppendOnly):
            wrong()


def test_writing_asks_for_one_line_however_many_there_are(sent):
    with CaptureQueriesContext(connection) as one:
        evidence.append(again(sent), {"what": "downloaded"})
    with CaptureQueriesContext(connection) as three:
        evidence.append(again(sent), *[{"what": "downloaded"}] * 3)
    assert len(one) == len(three) == 3  # the offer, the last line, one INSERT


# -- the mark of an opened page


def test_the_page_s_mark_says_when_it_was_opened(sent):
    found = evidence.opened_at(sent, evidence.opening(sent))
    assert timezone.now() - timedelta(seconds=5) < found <= timezone.now()


@pytest.mark.parametrize("mark", ["", "x", "a:b:c", "\ud800"])
def test_a_mark_that_is_not_ours_says_nothing(sent, mark):
    assert evidence.opened_at(sent, mark) is None


def test_the_mark_of_other_words_says_nothing(sent):
    mark = evidence.opening(sent)
    sent.contract_sha256 = "0" * 64
    assert evidence.opened_at(sent, mark) is None


# -- checking


def test_an_untouched_chain_is_intact(sent, owner):
    accept(sent, opened=timezone.now(), link=3)
    found = evidence.check(again(sent))
    assert (found.state, found.lines, found.words, found.file) == ("intact", (), True, None)


def test_a_draft_has_nothing_to_check(company, owner, sent):
    draft = make_offer(sent.application, owner)
    assert evidence.check(draft).state == "none"


OTHER = {
    "number": 40, "what": "downloaded", "at": timezone.now() - timedelta(days=9), "member_id": 77,
    "name": "Eve Lind", "email": "eve@mail.example", "address": "192.0.2.2", "agent": "Firefox 14O",
    "consent_version": "offer-0", "link_hash": "0" * 64, "signed_on": date(2020, 1, 1),
    "contract_sha256": "1" * 64, "file_sha256": "2" * 64, "previous": "3" * 64, "digest": "4" * 64,
}  # fmt: skip


def test_every_field_is_covered():
    kept = {field.name for field in Evidence._meta.local_concrete_fields} - {"id", "company"}
    assert {*evidence.COVERED, "digest", "offer"} == kept == {*OTHER, "offer"}


@pytest.mark.parametrize("field", OTHER)
@pytest.mark.parametrize("number", [1, 2, 4])
def test_any_changed_field_of_any_line_is_found(sent, field, number):
    accept(sent)
    change(sent, number, **{field: OTHER[field]})
    found = evidence.check(again(sent))
    assert found.state == "changed"
    assert found.lines


def test_a_line_that_was_taken_out_is_found(sent):
    accept(sent)
    Evidence._base_manager.filter(offer=sent, number=2).delete()
    assert state(sent) == "changed"


def test_a_signature_that_was_cut_off_is_found(sent):
    accept(sent)
    Evidence._base_manager.filter(offer=sent, what="candidate").delete()
    assert evidence.check(again(sent)).lines == (4,)


def test_lines_of_another_offer_are_found(sent, company, owner):
    other = make_sent(company, owner, name="Bo Berg")
    Evidence._base_manager.filter(offer=sent).delete()
    Evidence._base_manager.filter(offer=other).update(offer=sent)
    assert state(sent) == "changed"


def test_a_line_computed_anew_breaks_the_next(sent):
    """Whoever knows how digests are made still cannot change one line alone."""
    accept(sent)
    row = line(sent, "employer")
    row.name = "Eve"
    change(sent, row.number, name="Eve", digest=evidence.digest(row))
    assert evidence.check(again(sent)).lines == (3,)


def test_another_name_in_the_offer_is_found(sent):
    accept(sent)
    Offer.objects.filter(pk=sent.pk).update(signed_name="Eve Lind")
    assert state(sent) == "changed"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(min_value=0), flip=st.integers(min_value=1, max_value=127))
def test_any_changed_sign_of_the_contract_s_words_is_found(sent, place, flip):
    offer = again(sent)
    words = offer.contract_text
    place %= len(words)
    offer.contract_text = words[:place] + chr(ord(words[place]) ^ flip) + words[place + 1 :]
    found = evidence.check(offer)
    assert (found.words, found.state) == (False, "changed")


def test_words_changed_with_their_checksum_are_found(sent):
    """Also where both were changed together: the lines say what was signed."""
    words = again(sent).contract_text.replace("14.50", "41.50")
    Offer.objects.filter(pk=sent.pk).update(contract_text=words, contract_sha256=evidence.sha256(words))
    found = evidence.check(again(sent))
    assert (found.words, found.lines) == (True, (1, 2, 3))


@pytest.mark.parametrize(
    "address", ["192.0.2.1", "::ffff:192.0.2.1", "2001:DB8:0:0::0001", "fe80::1", "", None]
)
def test_addresses_come_back_as_they_were_covered(company, owner, address):
    offer = make_sent(company, owner, signature=Signature("Olga", address, "b"))
    assert state(offer) == "intact"


def test_signing_later_is_a_line_of_its_own(company, owner):
    offer = make_sent(company, owner, signature=None)
    accept(offer)
    countersign(offer, owner)
    assert deeds(offer) == ["prepared", "sent", "candidate", "employer"]
    assert state(offer) == "intact"
