import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from config import keys

ROOT = Path(__file__).resolve().parents[2]


def test_the_environment_wins(tmp_path):
    assert keys.read("SECRET_KEY", folder=tmp_path, make=True, environ={"SECRET_KEY": "given"}) == "given"
    assert list(tmp_path.iterdir()) == []


def test_embedded_makes_a_key_once_and_keeps_it(tmp_path):
    first = keys.read("SECRET_KEY", folder=tmp_path / "keys", make=True, environ={})
    assert keys.read("SECRET_KEY", folder=tmp_path / "keys", make=True, environ={}) == first
    assert len(first) >= 50


def test_the_file_is_for_its_owner_only(tmp_path):
    keys.read("FIELD_KEYS", folder=tmp_path / "keys", make=True, environ={})
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "keys" / "field_keys").stat().st_mode) == 0o600


def test_the_field_key_encrypts(tmp_path):
    box = Fernet(keys.read("FIELD_KEYS", folder=tmp_path, make=True, environ={}))
    assert box.decrypt(box.encrypt(b"bank")) == b"bank"


PROGRAM = """
import sys
from pathlib import Path
from config import keys
print(keys.read("SECRET_KEY", folder=Path(sys.argv[1]), make=True, environ={}))
"""


def test_processes_that_start_together_agree(tmp_path):
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(3)]
    assert len({process.communicate()[0] for process in running}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS"])
def test_a_server_without_a_key_refuses_to_start(tmp_path, name):
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set"):
        keys.read(name, folder=tmp_path, make=False, environ={})
    assert list(tmp_path.iterdir()) == []


def test_a_server_does_not_fall_back_to_a_file(tmp_path):
    keys.read("SECRET_KEY", folder=tmp_path, make=True, environ={})
    with pytest.raises(ImproperlyConfigured):
        keys.read("SECRET_KEY", folder=tmp_path, make=False, environ={})
