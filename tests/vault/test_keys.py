import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import isolate_apps

from config.management.commands import up
from mailroom.models import Mail
from vault import fields, keys
from vault.models import KeyFingerprint

OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))
ROOT = Path(keys.__file__).parents[1]


@pytest.fixture
def use(settings):
    """use(key, ...) -> these are the keys of the settings now."""

    def use(*field_keys):
        settings.FIELD_KEYS = list(field_keys)

    use(OLD)
    return use


def make_mails(n=3):
    return [
        Mail.objects.create(recipient="a@lumi.example", subject="s", body=b"secret %d" % i) for i in range(n)
    ]


def bodies():
    return [bytes(mail.body) for mail in Mail.objects.order_by("pk")]


def make_authenticator(user, **data):
    encrypted = {name: get_adapter().encrypt(value) for name, value in data.items()}
    return Authenticator.objects.create(user=user, type="totp", data=encrypted | {"used_mask": 1})


def rotate():
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    return out.getvalue()


# -- is it the right key?


@pytest.mark.django_db
def test_the_first_start_notes_the_key(use):
    keys.verify()
    keys.verify()
    assert KeyFingerprint.objects.get().fingerprint == keys.fingerprint(OLD)


@pytest.mark.django_db
def test_a_wrong_key_refuses_and_says_what_to_do(use):
    keys.verify()
    use(OTHER)
    with pytest.raises(keys.WrongKey, match="Start with the keys that were in use before"):
        keys.verify()


@pytest.mark.django_db
def test_a_new_key_in_front_is_noted_and_both_are_needed_from_then_on(use):
    keys.verify()
    use(NEW, OLD)
    keys.verify()
    for lacking in (OLD, NEW):
        use(lacking)
        with pytest.raises(keys.WrongKey, match="FIELD_KEYS lacks the key"):
            keys.verify()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "too short", "ä"])
def test_something_that_is_no_key_is_said_so(use, key):
    use(key)
    with pytest.raises(keys.WrongKey, match="something that is not a key"):
        keys.verify()


def test_the_fingerprint_tells_nothing_of_the_key():
    assert len(keys.fingerprint(OLD)) == 16
    assert keys.fingerprint(OLD) not in OLD


@pytest.mark.django_db
def test_a_wrong_key_never_reads_as_empty(use):
    make_mails(1)
    use(OTHER)
    with pytest.raises(InvalidToken):
        bodies()


# -- changing keys


@pytest.mark.django_db
def test_after_rotation_the_old_key_can_go(use, owner):
    make_mails()
    factor = make_authenticator(owner.user, secret="JBSWY3DP", seed="abc")
    keys.verify()
    use(NEW, OLD)
    said = rotate()
    assert "mailroom.Mail.body: 3\n" in said
    assert "second factors: 1\n" in said
    use(NEW)
    keys.verify()
    factor.refresh_from_db()
    assert bodies() == [b"secret 0", b"secret 1", b"secret 2"]
    assert (fields.decrypt(factor.data["secret"]), factor.data["used_mask"]) == ("JBSWY3DP", 1)


@pytest.mark.django_db
def test_rotating_again_writes_nothing(use):
    make_mails()
    use(NEW, OLD)
    rotate()
    assert "mailroom.Mail.body: 0\n" in rotate()


@pytest.mark.django_db
def test_an_interrupted_rotation_can_be_taken_up_again(use, monkeypatch):
    make_mails(6)
    keys.verify()
    use(NEW, OLD)
    monkeypatch.setattr(keys, "BATCH", 2)
    real, calls = keys.renewed, []

    def killed(token):
        calls.append(token)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(token)

    monkeypatch.setattr(keys, "renewed", killed)
    with pytest.raises(KeyboardInterrupt):
        rotate()
    monkeypatch.setattr(keys, "renewed", real)
    assert KeyFingerprint.objects.count() == 2
    assert "mailroom.Mail.body: 4\n" in rotate()
    use(NEW)
    assert len(bodies()) == 6


@pytest.mark.django_db
def test_rows_without_a_value_are_left_alone(use):
    Mail.objects.create(recipient="a@lumi.example", subject="s", body=None)
    use(NEW, OLD)
    assert "mailroom.Mail.body: 0\n" in rotate()


@pytest.mark.django_db
def test_what_somebody_wrote_meanwhile_stays(use, monkeypatch):
    [mail] = make_mails(1)
    use(NEW, OLD)
    real = keys.renewed

    def slow(token):
        new = real(token)
        Mail.objects.filter(pk=mail.pk).update(body=b"newer")
        return new

    monkeypatch.setattr(keys, "renewed", slow)
    rotate()
    assert bodies() == [b"newer"]


@pytest.mark.django_db
def test_rotating_with_a_wrong_key_changes_nothing(use):
    make_mails(1)
    keys.verify()
    use(OTHER)
    with pytest.raises(CommandError, match="FIELD_KEYS lacks the key"):
        rotate()
    use(OLD)
    assert bodies() == [b"secret 0"]


@pytest.mark.django_db(transaction=True)
@isolate_apps("vault")
def test_text_fields_change_keys_too(use):
    class Secret(models.Model):
        text = fields.EncryptedTextField()

        class Meta:
            app_label = "vault"

        def __str__(self):
            return self.text

    with connection.schema_editor() as editor:
        editor.create_model(Secret)
    try:
        Secret.objects.create(text="Żółw 王")
        use(NEW, OLD)
        assert next(iter(keys.rotate(among=[Secret]))) == ("vault.Secret.text", 1)
        use(NEW)
        assert Secret.objects.get().text == "Żółw 王"
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Secret)


@pytest.mark.django_db
def test_a_second_factor_cannot_be_read_in_the_database(use, owner):
    make_authenticator(owner.user, secret="JBSWY3DPEHPK3PXP")
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        assert "JBSWY3DP" not in str(cursor.fetchall())


# -- the real start


@pytest.mark.django_db
def test_up_refuses_a_wrong_key(use):
    keys.verify()
    use(OTHER)
    with pytest.raises(CommandError, match="FIELD_KEYS lacks the key"):
        up._keys_fit()


def start(*code, var, key):
    environ = {"VAR_DIR": str(var), "FIELD_KEYS": key, "PATH": os.environ["PATH"]}
    command = [sys.executable, "-W", "ignore", *code]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=100)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A database that was made and written with the key OLD."""
    var = tmp_path_factory.mktemp("var")
    assert start("manage.py", "migrate", "vault", var=var, key=OLD).stderr == ""
    assert start("-c", "import config.wsgi", var=var, key=OLD).stderr == ""
    return var


@pytest.mark.parametrize(
    "code", [("-c", "import config.wsgi"), ("-m", "celery", "-A", "config", "worker", "-P", "solo")]
)
def test_web_and_worker_do_not_start_with_a_wrong_key(installed, code):
    done = start(*code, var=installed, key=OTHER)
    assert done.returncode != 0
    assert "FIELD_KEYS lacks the key" in done.stderr
