"""A copy that was signed on paper: the day they wrote beside their name."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.formats import date_format

from hiring import approvals, certificates, contract, contract_paper, evidence, offers, signing
from hiring.models import Evidence, Offer, Stage
from hiring.pipeline import Refused
from tests.hiring.acts import approve_offer, put, text, url
from tests.hiring.factories import make_application, make_job, make_offer
from vault import links
from vault.models import StoredFile
from vault.papers import Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company, manager):
    return put(make_application(make_job(company, members=[manager]), name="Ada Lind"), Stage.OFFER)


@pytest.fixture
def draft(ada, owner):
    """Written three days ago."""
    row = make_offer(ada, owner)
    Offer.objects.filter(pk=row.pk).update(created_at=row.created_at - timedelta(days=3))
    return again(row)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def again(row):
    return Offer.objects.select_related("application__job__company").get(pk=row.pk)


def day(offer, ago=0):
    return offers.day_in(-ago, offer.application.job.company)


def upload(client, offer, **fields):
    scan = SimpleUploadedFile("signed.txt", b"Signed by Ada Lind, on paper, in Turku")
    return client.post(url("offer_signed", offer), {"name": "Ada Lind", "file": scan} | fields)


def my(offer):
    token = links.mint(purpose="offer", subject=("offer", offer.pk), company_id=offer.company_id, days=9)
    return reverse("hiring_links:offer", args=[token])


def told(offer) -> list:
    return list(Evidence.objects.filter(offer=offer, what="outside").values_list("signed_on", flat=True))


def test_the_page_proposes_today_where_the_shop_is(boss, draft):
    page = text(boss.get(url("candidate", draft.application), {"panel": "offer"}))
    assert f'name="signed_on" value="{day(draft).isoformat()}"' in page


@pytest.mark.parametrize("ago", [0, 1, 3])
def test_the_day_on_the_copy_is_recorded(boss, draft, ago):
    upload(boss, draft, signed_on=day(draft, ago))
    assert (again(draft).state, told(draft)) == ("accepted", [day(draft, ago)])


@pytest.mark.parametrize(
    ("ago", "said"), [(-1, "still to come"), (4, "was not there yet"), (40_000, "was not there yet")]
)
def test_an_impossible_day_is_refused_beside_the_field_and_kept(boss, draft, ago, said):
    typed = day(draft, ago).isoformat()
    answer = upload(boss, draft, signed_on=typed)
    page = text(answer)
    assert (answer.status_code, said in page, f'value="{typed}"' in page) == (422, True, True)
    assert (again(draft).state, told(draft), StoredFile.objects.exclude(draft_until=None).count()) == (
        "draft", [], StoredFile.objects.count(),
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["", "yesterday", "2026-02-30"])
def test_no_day_is_refused(boss, draft, typed):
    answer = upload(boss, draft, signed_on=typed)
    assert (answer.status_code, again(draft).state) == (422, "draft")


def test_just_after_midnight_it_is_the_day_of_the_shop_that_counts(boss, draft, company, time_machine):
    type(company).objects.filter(pk=company.pk).update(timezone="Pacific/Auckland")
    time_machine.move_to(offers.end_of(day(again(draft), -2), again(draft).application.job.company))
    time_machine.shift(timedelta(minutes=5))
    upload(boss, draft, signed_on=day(again(draft)))
    assert told(draft) == [day(again(draft))]


@pytest.fixture
def signed(draft, owner):
    signing.signed_outside(draft, by=owner, file=None, name="Ada Lind", signed_on=day(draft, 2))
    return again(draft)


def test_the_shop_reads_the_day_where_it_looks(boss, signed):
    shown = date_format(day(signed, 2), "DATE_FORMAT")
    assert f"Signed on {shown}." in text(boss.get(url("candidate", signed.application), {"panel": "hired"}))
    assert f"<dd>{shown}</dd>" in text(boss.get(url("contract", signed)))
    assert f"signed on {shown}" in text(boss.get(url("contract_check", signed)))


def test_the_paper_says_the_day_and_no_time(signed):
    pairs = dict(contract_paper._signed(signed, False)[1].rows)
    assert ":" not in pairs["Signed on"]
    assert str(day(signed, 2).year) in pairs["Signed on"]


def test_the_certificate_says_the_day(signed):
    [table] = [block for block in certificates.blocks(signed, evidence.lines(signed)) if type(block) is Table]
    assert f"signed on {contract.day(day(signed, 2))}" in table.rows[-1][2]


def test_without_a_day_it_is_the_moment_it_was_kept(boss, draft, owner):
    signing.signed_outside(draft, by=owner, file=None, name="Ada Lind")
    assert evidence.signed_on(again(draft)) is None
    kept = date_format(day(draft), "DATE_FORMAT")
    assert f"Signed on {kept}." in text(boss.get(url("candidate", draft.application), {"panel": "hired"}))


def test_a_name_typed_in_the_browser_has_no_such_day(draft, owner):
    sent = offers.send(draft, by=owner)
    signing.accept(sent, name="Ada", address="192.0.2.1", agent="Firefox")
    assert evidence.signed_on(again(sent)) is None


# -- an owner looks at it first


@pytest.fixture
def outside(draft):
    return lambda by: signing.signed_outside(again(draft), by=by, file=None, name="Ada Lind")


def test_a_manager_alone_hires_nobody_with_a_draft(outside, draft, manager):
    with pytest.raises(Refused, match=r"An owner approves .* Or an owner uploads"):
        outside(manager)
    assert (again(draft).state, told(draft), draft.application.stage) == ("draft", [], "offer")


def test_nor_while_an_owner_looks_or_after_other_words(outside, draft, manager, owner):
    asked = approvals.ask(draft, by=manager)
    with pytest.raises(Refused, match="An owner approves"):
        outside(manager)
    approvals.approve(asked, by=owner)
    Offer.objects.filter(pk=draft.pk).update(terms="Twice the pay.")
    with pytest.raises(Refused, match="An owner approves"):
        outside(manager)


def test_approved_the_manager_does(outside, draft, manager):
    approve_offer(draft, manager)
    outside(manager)
    assert (again(draft).state, told(draft)) == ("accepted", [None])


def test_an_owner_does_without_asking(outside, owner):
    assert outside(owner).state == "accepted"


def test_what_has_left_was_approved_before(outside, draft, owner, manager):
    offers.send(draft, by=owner)
    assert outside(manager).state == "accepted"


def test_the_page_says_so_instead_of_asking_for_a_file(draft, manager, sign_in, boss):
    place = url("candidate", draft.application)
    pages = [text(client.get(place, {"panel": "offer"})) for client in (boss, sign_in(manager))]
    found = [("Keep the signed copy" in page, "Or an owner uploads" in page) for page in pages]
    assert found == [(True, False), (False, True)]


def test_a_page_from_before_is_refused_with_the_same_words_and_keeps_no_copy(draft, manager, sign_in):
    client = sign_in(manager)
    upload(client, draft, signed_on=day(draft))
    page = text(client.get(url("candidate", draft.application)))
    assert ("An owner approves this offer" in page, StoredFile.objects.count()) == (True, 0)


def test_the_applicants_page_says_the_day_on_the_paper(signed, client):
    page = text(client.get(my(signed)))
    assert f"Signed on paper by Ada Lind on {date_format(day(signed, 2), 'DATE_FORMAT')}." in page


# -- whose name it is


def test_an_address_does_not_sign_for_the_shop(draft, owner):
    owner.name = ""
    with pytest.raises(Refused, match="Your name stands below the contract"):
        offers.send(draft, by=owner)
    assert (again(draft).state, Evidence.objects.filter(offer=draft, what="employer").count()) == ("draft", 0)


def test_without_a_name_it_may_leave_to_be_signed_later(draft, owner):
    owner.name = ""
    assert offers.send(draft, by=owner, signature=None).state == "sent"
