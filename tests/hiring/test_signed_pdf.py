"""The contract with both signatures as one sealed file, held against a validator that shares no code with its maker."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO

import pyhanko.sign.signers  # noqa: F401  # before the first use of asn1crypto, whose tables it adds to
import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pypdf import PdfReader

from hiring import evidence, sealing, signed_pdf, tasks
from hiring.models import SignedContract, SigningKey
from mailroom.models import Mail
from onboarding.models import Onboarding
from tests.hiring.signed import accept, again, countersign, make, make_sent, sha256, state
from tests.vault.papers import WORDS

pytestmark = pytest.mark.django_db
BY_CHILD = signed_pdf.seal


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """The same sealing without a process of its own, which takes seconds to start; those that are about it have it."""

    def seal(pdf, key, *, reason):
        return sealing.seal(pdf, key.private_key, key.certificate, reason)

    monkeypatch.setattr(signed_pdf, "seal", seal)


@pytest.fixture
def by_child(monkeypatch, here):
    monkeypatch.setattr(signed_pdf, "seal", BY_CHILD)


@pytest.fixture
def signed(company, owner):
    return accept(make_sent(company, owner))


@pytest.fixture
def made(signed):
    return make(signed)


def data(made) -> bytes:
    return made.file.path.read_bytes()


def words(data) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def packed(text) -> str:
    return "".join(text.split())


# -- a validator of our own: the bytes the signature names, the digest in it, the certificate's key


def parts(pdf: bytes) -> tuple[bytes, bytes, list[int]]:
    """What is signed, the signature, and the four numbers that say where they are."""
    numbers = [int(n) for n in re.search(rb"/ByteRange\s*\[([\d\s]+)\]", pdf)[1].split()]
    start, first, second, rest = numbers
    hexed = pdf[start + first + 1 : second - 1]
    return pdf[start : start + first] + pdf[second : second + rest], bytes.fromhex(hexed.decode()), numbers


def holds(pdf: bytes) -> bool:
    """Whether the signature is over these very bytes, all of them, and made with the company's key."""
    try:
        covered, der, (start, _first, second, rest) = parts(pdf)
        signed = cms.ContentInfo.load(der)["content"]
        signer = signed["signer_infos"][0]
        attributes = {each["type"].native: each["values"][0].native for each in signer["signed_attrs"]}
        certificate = x509.load_der_x509_certificate(signed["certificates"][0].dump())
        signature, what = signer["signature"].native, signer["signed_attrs"].untag().dump()
        certificate.public_key().verify(signature, what, ec.ECDSA(hashes.SHA256()))
    except Exception:
        return False
    whole = start == 0 and second + rest == len(pdf)
    ours = x509.load_pem_x509_certificate(SigningKey.objects.get().certificate.encode()) == certificate
    return ours and whole and attributes["message_digest"] == hashlib.sha256(covered).digest()


def test_the_seal_of_the_child_holds(by_child, signed):
    assert holds(data(make(signed)))


def test_openssl_agrees(made, tmp_path):
    covered, der, _numbers = parts(data(made))
    for name, content in (
        ("all", covered),
        ("cms", der),
        ("crt", SigningKey.objects.get().certificate.encode()),
    ):
        (tmp_path / name).write_bytes(content)
    command = [
        shutil.which("openssl"), "cms", "-verify", "-binary", "-inform", "DER", "-in", "cms", "-content", "all",
        "-CAfile", "crt", "-purpose", "any", "-out", "out",
    ]  # fmt: skip
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0
    (tmp_path / "all").write_bytes(covered.replace(b"/Title", b"/Tit1e", 1))
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode != 0


def test_any_flipped_byte_is_found(made):
    """From the header to the last line, in text, fonts and tables; bytes of the signature itself are below."""
    whole = data(made)
    _start, first, second, _rest = parts(whole)[2]
    step = len(whole) // 300
    places = [
        n for n in [*range(0, len(whole), step), first - 1, second, len(whole) - 1] if not first <= n < second
    ]
    assert len(places) > 200
    assert [n for n in places if holds(flipped(whole, n))] == []


def flipped(whole, place) -> bytes:
    return whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]


@pytest.mark.parametrize("name", ["message_digest", "signature"])
def test_a_byte_of_the_signature_s_own_is_found_too(made, name):
    whole = data(made)
    _covered, der, (_s, first, _second, _r) = parts(whole)
    signer = cms.ContentInfo.load(der)["content"]["signer_infos"][0]
    attributes = {each["type"].native: each["values"][0].contents for each in signer["signed_attrs"]}
    sought = signer["signature"].native if name == "signature" else attributes[name]
    place = first + 1 + 2 * der.rindex(sought) + 1
    assert not holds(
        whole[:place] + (b"0" if whole[place : place + 1] != b"0" else b"1") + whole[place + 1 :]
    )


@pytest.mark.parametrize("place", [0, 0.3, 0.7, -1])
def test_a_changed_file_on_the_disk_is_found_by_the_product(made, signed, place):
    whole = bytearray(data(made))
    whole[int(place * len(whole)) if place != -1 else -1] ^= 1
    assert state(signed) == "intact"
    made.file.path.write_bytes(bytes(whole))
    assert (evidence.check(again(signed)).file, state(signed)) == (False, "changed")


def test_a_lost_file_is_found(made, signed):
    made.file.path.unlink()
    assert state(signed) == "changed"


def test_a_file_put_in_its_place_with_its_checksum_is_found(made, signed):
    made.file.path.write_bytes(b"%PDF-1.7 another")
    type(made.file).objects.filter(pk=made.file_id).update(sha256=sha256(b"%PDF-1.7 another"))
    assert state(signed) == "changed"


def test_an_end_of_the_chain_other_than_the_file_s_is_found(made, signed):
    SignedContract.objects.update(head="0" * 64)
    assert state(signed) == "changed"


# -- what it says


def test_its_last_page_is_the_certificate(made, signed, owner, company):
    said = words(data(made))
    for part in (
        "Certificate",
        "Ada Lind",
        str(owner),
        "192.0.2.1",
        "Firefox 140",
        "(offer-1)",
        f"({company.timezone})",
    ):
        assert part in said, part
    rows = evidence.lines(signed)
    assert packed(signed.contract_sha256) in packed(said)
    assert rows[made.rows - 1].digest == made.head
    assert made.head in packed(said)
    assert "does not prove who somebody is" in said


def test_every_word_of_the_contract_is_in_it(made, signed):
    said = words(data(made))
    assert [word for word in signed.contract_text.split() if word not in said] == []


@pytest.mark.parametrize("language", WORDS)
def test_it_is_in_the_applicant_s_language(company, owner, language):
    offer = accept(
        make_sent(company, owner, language=language, name=WORDS[language][:40]), name=WORDS[language][:40]
    )
    sealed = data(make(offer))
    assert holds(sealed)
    assert PdfReader(BytesIO(sealed)).trailer["/Root"]["/Lang"] == {"zh-hans": "zh-Hans"}.get(
        language, language
    )
    assert WORDS[language][:40].strip() in words(sealed)


def test_the_name_in_the_certificate_is_the_company_s(made, company):
    certificate = x509.load_pem_x509_certificate(SigningKey.objects.get().certificate.encode())
    assert certificate.subject == certificate.issuer
    assert (company.legal_name or company.name) in certificate.subject.rfc4514_string()


# -- made once


def test_both_signatures_ask_for_one_file(signed):
    assert SignedContract.objects.get().state == "waiting"
    accept(signed)
    assert SignedContract.objects.count() == 1


def test_without_the_employer_s_there_is_none(company, owner):
    offer = accept(make_sent(company, owner, signature=None))
    assert SignedContract.objects.count() == 0
    countersign(offer, owner)
    assert SignedContract.objects.count() == 1


def test_made_twice_it_is_one(made, signed):
    before = made.file.sha256
    tasks.make_contract(made.pk)
    assert (make(signed).file.sha256, Mail.objects.filter(message="offer_signed").count()) == (before, 1)


def test_what_the_queue_lost_the_sweep_makes(signed, monkeypatch):
    monkeypatch.setattr(tasks.make_contract, "apply_async", lambda args, **_: tasks.make_contract(*args))
    tasks.sweep_contracts()
    assert SignedContract.objects.get().state == "done"


def test_a_worker_that_lost_its_lease_keeps_nothing(signed, monkeypatch):
    row = SignedContract.objects.get()

    def slow(pdf, key, **how):
        SignedContract.objects.update(tries=9)  # another worker has it now
        return pdf

    monkeypatch.setattr(signed_pdf, "seal", slow)
    signed_pdf.run(row.pk)
    again_ = SignedContract.objects.get()
    assert (again_.file, Mail.objects.filter(message="offer_signed").count()) == (None, 0)


def test_a_seal_that_cannot_be_made_is_tried_again(by_child, signed, monkeypatch):
    monkeypatch.setattr(signed_pdf, "CHILD_SECONDS", 0.01)
    row = SignedContract.objects.get()
    with pytest.raises(signed_pdf.NotSealed):
        signed_pdf.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.tries, row.last_error) == ("waiting", 1, "NotSealed")


def test_what_is_no_pdf_is_not_sealed(by_child, company):
    with pytest.raises(signed_pdf.NotSealed):
        signed_pdf.seal(b"no pdf", signed_pdf.key_of(company), reason="x")


def test_an_erased_contract_is_not_made(signed):
    type(signed).objects.update(contract_text="-", contract_sha256="-")
    signed_pdf.run(SignedContract.objects.get().pk)
    assert SignedContract.objects.get().state == "cancelled"


def test_the_web_process_never_loads_the_sealing():
    code = "import django; django.setup(); import config.urls, hiring.signed_pdf, sys; "
    code += "sys.exit(any(name.startswith('pyhanko') for name in sys.modules))"
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings_test"}
    assert subprocess.run([sys.executable, "-c", code], env=environ).returncode == 0


# -- the key


def test_a_company_has_one_key(company, made):
    assert signed_pdf.key_of(company).pk == SigningKey.objects.get().pk


def test_two_companies_have_two(company, rival):
    first, second = signed_pdf.key_of(company), signed_pdf.key_of(rival.company)
    assert first.certificate != second.certificate


def test_the_key_is_encrypted_where_it_lies(company, settings):
    signed_pdf.key_of(company)
    raw = SigningKey.objects.extra(select={"raw": "private_key"}).values_list("raw", flat=True)[0]
    assert "PRIVATE" not in raw
    from cryptography.fernet import Fernet

    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(InvalidToken):
        SigningKey.objects.get()


# -- who gets it


def test_the_candidate_gets_the_file_and_a_link(made, signed):
    mail = Mail.objects.get(message="offer_signed")
    body = bytes(Mail.objects.defer(None).get(pk=mail.pk).body)
    assert (mail.recipient, mail.language) == (signed.application.email, signed.application.language)
    assert b"application/pdf" in body
    assert b"/my/offer/" in body


def test_the_first_weeks_know_the_file(made):
    assert Onboarding.objects.get().contract_file_id == made.file_id
