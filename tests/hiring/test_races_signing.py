"""Two at once around a signature, on PostgreSQL, with the first transaction held open: one wins, one is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hiring import evidence, offers, pipeline, signed_pdf, signing
from hiring.models import Evidence, How, Offer, SignedContract, SigningKey
from hiring.pipeline import Refused, Stale
from onboarding.models import Onboarding
from tests.hiring.factories import make_offer
from tests.hiring.signed import accept, again, countersign, deeds, make_sent, state
from tests.hiring.test_races import race

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def sent(company, owner):
    return make_sent(company, owner)


def signed_once(offer) -> tuple:
    return deeds(offer).count("candidate"), Onboarding.objects.count(), SignedContract.objects.count()


def test_signed_from_two_tabs_it_is_signed_once(sent):
    found = race(lambda: accept(sent), lambda: accept(sent, name="Another Name"))
    assert (found["waited"], again(sent).signed_name, signed_once(sent)) == (True, "Ada Lind", (1, 1, 1))


def test_signed_while_it_is_withdrawn(sent, owner):
    found = race(lambda: offers.withdraw(again(sent), by=owner), lambda: accept(sent))
    assert (found["waited"], isinstance(found["second"], Refused), signed_once(sent)) == (
        True,
        True,
        (0, 0, 0),
    )


def test_withdrawn_while_it_is_signed(sent, owner):
    found = race(lambda: accept(sent), lambda: offers.withdraw(again(sent), by=owner))
    assert (isinstance(found["second"], Refused), signed_once(sent)) == (True, (1, 1, 1))


def test_signed_while_its_time_ends(sent):
    Offer.objects.filter(pk=sent.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    found = race(offers.expire, lambda: accept(sent))
    assert (found["first"], "expired" in str(found["second"]), signed_once(sent)) == (1, True, (0, 0, 0))


def test_signed_while_a_new_version_leaves(sent, owner):
    draft = make_offer(sent.application, owner, terms="Other terms")
    found = race(lambda: offers.send(again(draft), by=owner), lambda: accept(sent))
    assert ("off the table" in str(found["second"]), signed_once(sent)) == (True, (0, 0, 0))
    assert again(draft).state == "sent"


def test_a_new_version_leaves_while_it_is_signed(sent, owner):
    draft = make_offer(sent.application, owner, terms="Other terms")
    found = race(lambda: accept(sent), lambda: offers.send(again(draft), by=owner))
    assert (isinstance(found["second"], Refused), again(draft).state, signed_once(sent)) == (
        True,
        "draft",
        (1, 1, 1),
    )


def test_signed_and_declined_at_once(sent):
    found = race(lambda: accept(sent), lambda: signing.decline(again(sent)))
    assert (isinstance(found["second"], Refused), again(sent).state) == (True, "accepted")


def test_signed_while_the_person_is_turned_down(sent, owner):
    def turn_down():
        return pipeline.withdraw(again(sent).application, by=owner, expected="offer", how=How.PAGE)

    found = race(turn_down, lambda: accept(sent))
    assert (isinstance(found["second"], Refused | Stale), signed_once(sent)) == (True, (0, 0, 0))


def test_the_shop_signs_twice_at_once(company, owner, manager):
    offer = accept(make_sent(company, owner, signature=None))
    found = race(lambda: countersign(offer, owner), lambda: countersign(offer, manager))
    rows = [row.member_id for row in evidence.lines(offer) if row.what == "employer"]
    assert (found["waited"], rows, Onboarding.objects.count()) == (True, [owner.pk], 1)


def test_two_workers_make_one_file(sent, monkeypatch):
    """Both have rendered, say because the first one's lease was over: the second finds the row taken."""
    accept(sent)
    monkeypatch.setattr(signed_pdf, "seal", lambda pdf, key, **_: pdf)
    row = SignedContract.objects.get()
    found = race(lambda: signed_pdf.run(row.pk), lambda: signed_pdf.run(row.pk))
    assert (found["waited"], deeds(sent).count("sealed"), SignedContract.objects.get().state) == (
        False,
        1,
        "done",
    )


def test_two_workers_make_one_key(company):
    found = race(lambda: signed_pdf.key_of(company), lambda: signed_pdf.key_of(company))
    assert found["first"] == found["second"] == SigningKey.objects.get()


def test_two_downloads_are_two_lines_of_one_chain(sent):
    accept(sent)
    found = race(
        lambda: evidence.downloaded(again(sent), link=1), lambda: evidence.downloaded(again(sent), link=2)
    )
    assert (found["waited"], deeds(sent)[-2:], state(sent)) == (True, ["downloaded"] * 2, "intact")
    numbers = list(Evidence.objects.filter(offer=sent).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
