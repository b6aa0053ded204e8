"""The contract as PDF: its words, how it was signed, and who may take it along."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts import look
from hiring import contract_paper, offers, signing
from hiring.models import Offer, SignedContract, Stage
from tests.hiring.factories import bring, make_application, make_job, make_offer
from tests.vault.papers import WORDS
from tests.vault.test_papers import picture
from vault import links
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(company, manager, owner):
    return bring(make_application(make_job(company, members=[manager]), name="Ada Lind"), Stage.OFFER, owner)


@pytest.fixture
def draft(application, owner):
    return make_offer(application, owner)


@pytest.fixture
def sent(draft, owner):
    return offers.send(draft, by=owner)


@pytest.fixture
def signed(sent):
    return signing.accept(sent, name="Ada Lind", address="192.0.2.1", agent="Firefox 140")


def fresh(row):
    rows = type(row).objects.select_related("application__job__company")
    return rows.get(pk=row.pk)


def read(data) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def words(offer, **how) -> str:
    return read(contract_paper.pdf(fresh(offer), **how))


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def url(offer):
    return reverse("hiring:contract_pdf", args=[offer.pk])


def link_of(offer, days=9):
    token = links.mint(purpose="offer", subject=("offer", offer.pk), company_id=offer.company_id, days=days)
    return reverse("hiring_links:offer_pdf", args=[token])


def taken() -> list:
    return list(TrailEntry.objects.filter(action="offer.downloaded").values_list("actor_id", "by_link"))


# -- what it says


def test_every_word_of_the_contract_is_on_paper(sent):
    said = words(sent)
    assert [word for word in fresh(sent).contract_text.split() if word not in said] == []


def test_its_sections_are_headings(sent):
    reader = PdfReader(BytesIO(contract_paper.pdf(fresh(sent))))
    title, headings = reader.outline
    assert title["/Title"] == "Employment contract"
    assert [entry["/Title"] for entry in headings] == [
        "1. The work",
        "2. Pay",
        "3. Benefits",
        "4. Terms of employment",
    ]


def test_a_numbered_list_in_the_text_is_no_section(application, owner):
    offer = make_offer(
        application, owner, description="Tasks\n\n2. Chat\n\n3. Mail", terms="1. One\n\n2. Two"
    )
    reader = PdfReader(BytesIO(contract_paper.pdf(fresh(offer))))
    assert len(reader.outline[1]) == 4
    assert "2. Chat 3. Mail" in words(offer)


def test_a_contract_whose_headings_were_worded_otherwise_keeps_its_sections(sent):
    text = (
        fresh(sent).contract_text.replace("2. Pay", "2. Wages").replace("4. Terms of employment", "4. Terms")
    )
    assert [part.split("\n")[0] for part in map(str.strip, contract_paper._sections(text))][1:] == [
        "1. The work",
        "2. Wages",
        "3. Benefits",
        "4. Terms",
    ]


@pytest.mark.parametrize("text", ["", "One line", "a\n\nb\n\nc", "2. x\n\n1. y\n\n2. z", "\n\n1. \n\n2. "])
def test_whatever_the_text_is_no_word_is_lost(text):
    assert "".join(contract_paper._sections(text)) == text


def test_a_contract_in_the_shop_s_own_words_is_set_as_it_was_written(sent):
    Offer.objects.filter(pk=sent.pk).update(
        contract_text="Our contract\n\nYou work.\nWe pay.\n\nThat is all."
    )
    reader = PdfReader(BytesIO(contract_paper.pdf(fresh(sent))))
    assert reader.outline[0]["/Title"] == "Our contract"
    assert "You work. We pay. That is all." in words(sent)


def test_before_it_is_signed_there_are_lines_to_sign_on(sent):
    said = words(sent)
    assert "Lumi Oy Ada Lind Employer Employee" in said
    assert f"SHA-256 {sent.contract_sha256}" in said.replace(
        " " + sent.contract_sha256[40:], sent.contract_sha256[40:]
    )


def test_a_draft_says_that_it_is_one(draft):
    said = words(draft)
    assert "Draft" in said
    assert "SHA-256" not in said


@pytest.mark.parametrize(("how", "said"), [({"evidence": True}, True), ({}, False)])
def test_the_signature_stands_below_with_its_evidence_for_the_shop(signed, how, said):
    text = words(signed, **how)
    assert "Signed by Ada Lind Signed on" in text
    assert ("192.0.2.1" in text, "Firefox 140" in text) == (said, said)


def test_a_copy_signed_outside_is_named(draft, owner):
    signing.signed_outside(draft, by=owner, file=None, name="Ada Lind")
    assert "How Signed outside, a copy is kept" in words(draft)


def test_an_offer_off_the_table_says_so(sent, owner):
    offers.withdraw(sent, by=owner)
    assert "Withdrawn" in words(sent)


def test_a_draft_that_lacks_a_value_is_no_contract(application, owner):
    with pytest.raises(ValueError, match="pay"):
        contract_paper.pdf(fresh(make_offer(application, owner, pay=None)))


def test_the_same_offer_gives_the_same_bytes(signed):
    assert contract_paper.pdf(fresh(signed)) == contract_paper.pdf(fresh(signed))


@pytest.mark.parametrize("language", WORDS)
def test_it_is_in_the_applicant_s_language(application, owner, language):
    application.language = language
    application.save()
    offer = fresh(make_offer(application, owner, terms=WORDS[language]))
    reader = PdfReader(BytesIO(contract_paper.pdf(offer)))
    assert WORDS[language] in read(contract_paper.pdf(offer))
    assert reader.trailer["/Root"]["/Lang"] == {"zh-hans": "zh-Hans"}.get(language, language)


def test_long_terms_take_several_pages(application, owner):
    offer = make_offer(application, owner, terms="A clause of the contract. " * 380, benefits="Lunch\n" * 400)
    reader = PdfReader(BytesIO(contract_paper.pdf(fresh(offer))))
    assert len(reader.pages) > 5
    assert f"Page 2 of {len(reader.pages)}" in reader.pages[1].extract_text()


@pytest.mark.parametrize(("country", "width"), [("FI", 595), ("US", 612)])
def test_the_paper_is_that_of_the_shop_s_country(sent, company, country, width):
    company.country = country
    company.save()
    reader = PdfReader(BytesIO(contract_paper.pdf(fresh(sent))))
    assert round(reader.pages[0].mediabox.width) == width


def test_the_shop_s_logo_and_colour_are_on_it(sent, company, owner):
    look.save(company, accent="#00457c", on_accent="#ffffff", by=owner, logo=picture())
    page = PdfReader(BytesIO(contract_paper.pdf(fresh(sent)))).pages[0]
    assert len(page.images) == 1
    assert b"0.000 0.271 0.486 rg" in page.get_contents().get_data()


def test_a_logo_the_disk_lost_is_left_out(sent, company, owner):
    look.save(company, accent="", on_accent="", by=owner, logo=picture())
    fresh(sent).application.job.company.logo.path.unlink()
    assert "Employment contract" in words(sent)


@pytest.mark.parametrize("name", ["Ada\u202eLind/..", "محمد عبد الرحمن", "a" * 200])
def test_the_file_s_name_is_safe(sent, application, name):
    application.name = name
    application.save()
    called = contract_paper.name(fresh(sent))
    assert called.startswith("Employment contract, ")
    assert called.endswith(".pdf")
    assert len(called) <= 120
    assert not set("\u202e/\x00") & set(called)


# -- who gets it


def test_owner_and_manager_take_it_along_and_the_trail_says_so(sent, owner, manager, sign_in):
    for member in (owner, manager):
        answer = sign_in(member).get(url(sent))
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'attachment; filename="Employment contract, Ada Lind.pdf"'
        assert answer["Cache-Control"] == "no-store, private"
        assert body(answer).startswith(b"%PDF-")
    assert taken() == [(owner.user_id, ""), (manager.user_id, "")]


def test_nobody_else_does(sent, interviewer, hire, rival, client, sign_in):
    answers = [sign_in(member).get(url(sent)).status_code for member in (interviewer, hire, rival)]
    assert [*answers, client.get(url(sent)).status_code] == [403, 403, 404, 302]
    assert taken() == []


def test_a_manager_of_another_job_does_not(company, manager, owner, sign_in):
    elsewhere = make_offer(make_application(make_job(company)), owner)
    assert sign_in(manager).get(url(elsewhere)).status_code == 403


def test_a_draft_that_lacks_a_value_says_which(application, owner, sign_in):
    offer = make_offer(application, owner, pay=None, terms="")
    answer = sign_in(owner).get(url(offer), follow=True)
    assert "Still missing: pay, terms." in answer.content.decode()
    assert taken() == []


def test_the_candidate_takes_it_along_by_the_link(sent, client):
    answer = client.get(link_of(sent))
    assert "Ada Lind" in read(body(answer))
    assert answer["X-Robots-Tag"] == "noindex"
    assert taken() == [(None, "offer")]


def test_a_contract_signed_before_there_were_files_is_set_without_addresses(signed, client):
    SignedContract.objects.all().delete()
    text = read(body(client.get(link_of(signed))))
    assert "Signed by Ada Lind" in text
    assert "192.0.2.1" not in text


@pytest.mark.parametrize("how", ["withdraw", "decline", "expire"])
def test_an_offer_that_is_over_is_not_handed_out(sent, client, owner, how):
    address = link_of(sent)
    if how == "withdraw":
        offers.withdraw(sent, by=owner)
    elif how == "decline":
        signing.decline(sent)
    else:
        Offer.objects.filter(pk=sent.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(address).status_code == 404
    assert taken() == []


def test_a_link_for_something_else_opens_nothing(sent, client):
    token = links.mint(purpose="status", subject=("offer", sent.pk), company_id=sent.company_id, days=1)
    assert client.get(reverse("hiring_links:offer_pdf", args=[token])).status_code == 404
    assert client.get(link_of(sent, days=-1)).status_code == 404


def test_looking_by_another_method_writes_nothing(sent, owner, sign_in, client):
    assert sign_in(owner).post(url(sent)).status_code == 405
    assert client.post(link_of(sent)).status_code == 405
    assert taken() == []


def test_both_pages_offer_it(sent, owner, sign_in, client):
    assert url(sent) in sign_in(owner).get(reverse("hiring:contract", args=[sent.pk])).content.decode()
    page = client.get(link_of(sent).removesuffix("pdf/")).content.decode()
    assert "pdf/" in page
    assert "Download as PDF" in page


def test_a_draft_that_lacks_a_value_has_no_button(application, owner, sign_in):
    offer = make_offer(application, owner, pay=None)
    page = sign_in(owner).get(reverse("hiring:contract", args=[offer.pk])).content.decode()
    assert "Download as PDF" not in page


def queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        body(client.get(address))
    return len(seen)


def test_the_number_of_queries_is_the_same_for_short_and_long(application, sent, owner, sign_in):
    few = queries(sign_in(owner), url(sent))
    longer = offers.send(make_offer(application, owner, terms="One clause more. " * 400), by=owner)
    assert queries(sign_in(owner), url(longer)) == few == QUERIES


QUERIES = 5
