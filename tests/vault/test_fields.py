import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from mailroom.models import Mail
from vault import fields

CANARY = b"FI21 1234 5600 0007 85"


@given(st.text())
def test_text_comes_back_as_it_was(text):
    assert (
        fields.decrypt(fields.encrypt(text.encode("utf-8", "ignore").decode()))
        == text.encode("utf-8", "ignore").decode()
    )


def test_the_same_text_never_looks_the_same():
    assert fields.encrypt("a") != fields.encrypt("a")


def test_one_changed_letter_is_found():
    token = fields.encrypt("a")
    with pytest.raises(InvalidToken):
        fields.decrypt(token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1])


def test_the_first_key_encrypts_and_all_decrypt(settings):
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    settings.FIELD_KEYS = [old]
    token = fields.encrypt("a")
    settings.FIELD_KEYS = [new, old]
    assert fields.decrypt(token) == "a"
    assert Fernet(new).decrypt(fields.encrypt("b").encode()) == b"b"


@pytest.mark.django_db
@pytest.mark.parametrize("body", [None, b"", CANARY])
def test_a_field_gives_back_what_was_stored(body):
    mail = Mail.objects.create(recipient="a@lumi.example", subject="s", body=body)
    found = Mail.objects.get(pk=mail.pk).body
    assert (found if found is None else bytes(found)) == body


@pytest.mark.django_db
def test_the_database_never_sees_it():
    mail = Mail.objects.create(recipient="a@lumi.example", subject="s", body=b"first")
    Mail.objects.filter(pk=mail.pk).update(body=CANARY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM mailroom_mail")
        [(raw,)] = cursor.fetchall()
    assert CANARY not in bytes(raw)


@pytest.mark.parametrize("lookup", ["body", "body__contains", "body__in", "body__gt"])
def test_it_cannot_be_searched_by(lookup):
    with pytest.raises((FieldError, TypeError, NotImplementedError)):
        str(Mail.objects.filter(**{lookup: b"a"}).query)


def test_whether_there_is_one_can_be_asked():
    assert "IS NULL" in str(Mail.objects.filter(body__isnull=True).query)
