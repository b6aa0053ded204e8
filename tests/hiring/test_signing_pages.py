"""Signing as candidate and shop see it: the page behind the link, the shop's own signature, the file, the check."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hiring import evidence, sealing, signed_pdf, signing
from hiring.models import Evidence, Offer, SignedContract, Stage
from hiring.pipeline import Refused
from mailroom import outbox
from onboarding.models import Onboarding
from tests.factories import PASSWORD
from tests.hiring.acts import standing, text, unhire, url
from tests.hiring.factories import go
from tests.hiring.signed import ADA, accept, again, change, countersign, deeds, make, make_sent
from vault import links
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """The sealing without its process, which takes seconds to start (tests/hiring/test_signed_pdf.py has it)."""

    def seal(pdf, key, *, reason):
        return sealing.seal(pdf, key.private_key, key.certificate, reason)

    monkeypatch.setattr(signed_pdf, "seal", seal)


@pytest.fixture
def sent(company, owner):
    return make_sent(company, owner)


@pytest.fixture
def later(company, owner):
    """The employer signs after the candidate, who has signed."""
    return accept(make_sent(company, owner, signature=None))


@pytest.fixture
def sure(sign_in):
    """Signed in, and the password typed a moment ago."""

    def come(member):
        client = sign_in(member)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        return client

    return come


def my(offer, name="offer") -> str:
    token = links.mint(purpose="offer", subject=("offer", offer.pk), company_id=offer.company_id, days=9)
    return reverse(f"hiring_links:{name}", args=[token])


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def hidden(page) -> str:
    return page.partition('name="opened" value="')[2].partition('"')[0]


# -- the candidate's page


def test_the_page_says_who_signed_for_the_shop_and_what_one_agrees_to(sent, owner, client):
    page = text(client.get(my(sent)))
    assert f"Signed for the employer by {owner}" in page
    assert "By typing my name I sign this contract." in page
    assert "Signing on paper is just as good" in page


def test_signing_there_keeps_the_link_and_the_moment_it_was_opened(sent, client):
    address = my(sent)
    mark = hidden(text(client.get(address)))
    client.post(address + "accept/", {"name": "Ada Lind", "opened": mark}, HTTP_USER_AGENT="Phone")
    rows = evidence.lines(sent)
    assert [row.what for row in rows[-2:]] == ["opened", "candidate"]
    assert (rows[-1].agent, rows[-1].address) == ("Phone", "127.0.0.1")
    assert rows[-1].link_hash == rows[-2].link_hash != ""


def test_a_forged_moment_is_left_out_and_the_signature_stands(sent, client):
    client.post(my(sent, "offer_accept"), {"name": "Ada Lind", "opened": "forged"})
    assert deeds(sent)[-2:] == ["sent", "candidate"]


def test_looking_at_the_page_writes_nothing(sent, client):
    address = my(sent)
    for look in (client.get, client.head):
        look(address)
    assert deeds(sent) == ["prepared", "employer", "sent"]


def test_until_the_file_is_made_the_page_says_so(sent, client):
    accept(sent)
    page = text(client.get(my(sent)))
    assert "is being prepared" in page
    assert "Download as PDF" not in page
    answer = client.get(my(sent, "offer_pdf"), follow=True)
    assert "is being prepared" in text(answer)


def test_then_it_is_there_for_both_and_each_download_is_written_down(sent, client, owner, sign_in):
    made = make(accept(sent))
    mine, theirs = client.get(my(sent, "offer_pdf")), sign_in(owner).get(url("contract_pdf", sent))
    assert body(mine) == body(theirs) == made.file.path.read_bytes()
    assert deeds(sent)[-3:] == ["sealed", "downloaded", "downloaded"]
    assert [row.member_id for row in evidence.lines(sent)[-2:]] == [None, owner.pk]
    assert TrailEntry.objects.filter(action="offer.downloaded").count() == 2


def test_the_page_says_that_nothing_was_changed(sent, client):
    accept(sent)
    assert "Unchanged since it was signed" in text(client.get(my(sent)))
    change(sent, 2, name="Eve")
    assert "Changed since it was signed" in text(client.get(my(sent)))


def test_whoever_waits_for_the_shop_is_told(later, client):
    page = text(client.get(my(later)))
    assert "signs too" in page
    assert "A mail about your first day" not in page


def test_the_page_is_in_the_applicant_s_language(company, owner, client):
    offer = make_sent(company, owner, language="ar")
    page = text(client.get(my(offer)))
    assert ('lang="ar"' in page, 'dir="rtl"' in page) == (True, True)


def test_the_candidate_s_page_asks_as_often_for_a_long_history(sent, client):
    accept(sent)
    address = my(sent)
    few = queries(client, address)
    evidence.append(again(sent), *[{"what": "downloaded"}] * 5)
    assert queries(client, address) == few == 5


def queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


# -- the shop signs after the candidate


def test_one_signature_hires_nobody(later):
    assert (standing(later.application), again(later).state) == ("offer", "accepted")
    assert (Onboarding.objects.count(), SignedContract.objects.count()) == (0, 0)


def test_nobody_is_moved_past_the_missing_signature(later, owner):
    later.application.refresh_from_db()
    with pytest.raises(Refused, match="Sign the contract for the shop first"):
        go(later.application, Stage.HIRED, owner)


def test_the_panel_has_the_box_and_signing_hires(later, owner, sure):
    client = sure(owner)
    page = text(client.get(url("candidate", later.application)))
    assert ("Sign and hire" in page, "Hire with this signature" in page) == (True, False)
    client.post(url("offer_countersign", later), {"name": "Olga Owner"})
    row = evidence.lines(later)[-1]
    assert (standing(later.application), row.what, row.name) == ("hired", "employer", "Olga Owner")
    assert (Onboarding.objects.count(), SignedContract.objects.count()) == (1, 1)


def test_signing_twice_changes_nothing(later, owner):
    countersign(later, owner)
    countersign(later, owner)
    assert (deeds(later).count("employer"), Onboarding.objects.count()) == (1, 1)


def test_without_a_name_the_box_comes_back(later, owner, sure):
    answer = sure(owner).post(url("offer_countersign", later), {"name": " "})
    assert (answer.status_code, standing(later.application)) == (422, "offer")


def test_before_the_candidate_there_is_nothing_to_sign(sent, owner, sure):
    answer = sure(owner).post(url("offer_countersign", sent), {"name": "Olga"}, follow=True)
    assert "nothing to sign for the shop here" in text(answer)
    assert "employer" not in deeds(sent)[3:]


def test_the_password_is_asked_again_when_that_was_a_while_ago(later, owner, sign_in):
    answer = sign_in(owner).post(url("offer_countersign", later), {"name": "Olga"})
    assert (answer.status_code, "reauthenticate" in answer["Location"]) == (302, True)
    assert standing(later.application) == "offer"


def test_nobody_else_signs(later, interviewer, hire, rival, client, sign_in):
    answers = [
        sign_in(who).post(url("offer_countersign", later), {"name": "X"})
        for who in (interviewer, hire, rival)
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 404]
    assert standing(later.application) == "offer"


def test_an_offer_accepted_before_there_was_evidence_is_signed_by_one_tap(later, owner):
    Evidence._base_manager.filter(offer=later).delete()
    countersign(later, owner)
    assert standing(later.application) == "hired"


def test_after_a_hire_that_was_undone_both_signatures_still_stand(sent, owner, sign_in):
    from tests.hiring.acts import take_up

    accept(sent)
    sent.application.refresh_from_db()
    unhire(sent.application, owner)
    take_up(sent.application, owner)
    page = text(sign_in(owner).get(url("candidate", sent.application)))
    assert ("Hire with this signature" in page, "Sign and hire" in page) == (True, False)
    go(sent.application, Stage.HIRED, owner)
    assert standing(sent.application) == "hired"


# -- the check


def check(client, offer) -> str:
    return text(client.get(url("contract_check", offer)))


def test_the_check_finds_it_intact(sent, owner, sign_in):
    make(accept(sent))
    page = check(sign_in(owner), sent)
    assert "Unchanged: words, evidence and file" in page
    assert ("Ada Lind" in page, "192.0.2.1" in page, "Firefox 140" in page) == (True, True, True)


def test_the_check_names_what_was_changed(sent, owner, sign_in):
    made = make(accept(sent))
    change(sent, 3, email="eve@mail.example")
    made.file.path.write_bytes(b"%PDF-")
    page = check(sign_in(owner), sent)
    assert ("Changed, from line: 3" in page, "Changed, or lost" in page, "As they were fixed" in page) == (
        True,
    ) * 3


def test_a_contract_from_before_the_evidence_says_that_nothing_was_recorded(sent, owner, sign_in):
    Evidence._base_manager.filter(offer=sent).delete()
    assert "Nothing was recorded" in check(sign_in(owner), sent)


def test_an_erased_one_says_so(sent, owner, sign_in):
    Offer.objects.filter(pk=sent.pk).update(contract_text="-", contract_sha256="-")
    assert "was erased" in check(sign_in(owner), sent)


def test_only_the_shop_s_own_bosses_check(sent, interviewer, hire, rival, manager, sign_in):
    answers = [sign_in(who).get(url("contract_check", sent)) for who in (interviewer, hire, rival, manager)]
    assert [answer.status_code for answer in answers] == [
        403,
        403,
        404,
        403,
    ]  # the manager is not on this job
    assert TrailEntry.objects.filter(action="offer.checked").count() == 0


def test_the_check_asks_as_often_for_a_long_history(sent, owner, sign_in):
    client = sign_in(owner)
    few = queries(client, url("contract_check", sent))
    evidence.append(again(sent), *[{"what": "downloaded"}] * 5)
    assert queries(client, url("contract_check", sent)) == few == 6


# -- too late


@pytest.mark.parametrize("how", ["expired", "withdrawn", "declined"])
def test_what_is_off_the_table_is_not_signed(sent, client, how):
    fields = {"expires_at": timezone.now() - timedelta(seconds=1)} if how == "expired" else {"state": how}
    Offer.objects.filter(pk=sent.pk).update(**fields)
    answer = client.post(my(sent, "offer_accept"), {"name": "Ada"})
    assert (answer.status_code, standing(sent.application)) == (409, "offer")
    assert "candidate" not in deeds(sent)


def test_a_name_of_blanks_signs_nothing(sent, client):
    answer = client.post(my(sent, "offer_accept"), {"name": "   "})
    assert (answer.status_code, again(sent).state) == (422, "sent")


def test_the_shop_hears_of_the_signature_that_waits_for_its_own(later):
    assert outbox.state(about=("offer", later.pk), message="offer_answered") == "waiting"


def test_names_of_every_script_are_kept_as_typed(sent):
    for name in ("محمد عبد الرحمن", "王小明", "O'Neill <b>"):
        assert signing._signature(name, **{k: ADA[k] for k in ("address", "agent")}).fields["name"] == name


@pytest.mark.parametrize(("country", "by_hand"), [("PL", True), ("AE", True), ("FI", False), ("US", False)])
def test_where_a_typed_name_is_not_enough_the_page_says_so(sent, company, client, country, by_hand):
    type(company).objects.filter(pk=company.pk).update(country=country)
    page = text(client.get(my(sent)))
    assert ("signed by hand or registered" in page, "is just as good" in page) == (by_hand, not by_hand)
