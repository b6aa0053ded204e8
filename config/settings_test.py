"""The product's own settings on a throw-away database: a file for SQLite, or the server of TEST_DATABASE_URL."""

import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

_home = Path(tempfile.mkdtemp(prefix="firsthire-test-"))
os.environ["VAR_DIR"] = str(_home)
# The tests that start a worker may use it (tests/broker.py); the product under test does not find it by itself.
os.environ.setdefault("TEST_REDIS_URL", os.environ.get("REDIS_URL", ""))
for _name in ("DATABASE_URL", "REDIS_URL", "SMTP_URL", "SITE_URL", "SIGNUP", "PORT"):
    os.environ.pop(_name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, TEMPLATES, VAR, _database  # noqa: E402

FIELD_KEYS = [Fernet.generate_key().decode()]
ALLOWED_HOSTS = ["localhost", "testserver"]
TEST_DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "")
if TEST_DATABASE_URL:
    DATABASES = {"default": _database(TEST_DATABASE_URL)}
    DATABASES["default"]["TEST"] = {"NAME": f"test_firsthire_{os.getpid()}"}
else:
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
# Argon2 costs 50 ms a sign-in on purpose; one test signs in with the product's own hasher.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405
CELERY_TASK_ALWAYS_EAGER = False
# Tests look at rows and call tasks themselves; the tests marked `worker` start a real one on a real broker.
CELERY_BROKER_URL = "memory://"
# Tests run at night too; those about the night say so.
QUIET_HOURS = False


class Undefined(str):
    """An undefined variable in one of our templates fails; packages' own templates may ask for what is not there."""

    def __mod__(self, name):
        from tests.strict import undefined

        return undefined(name)

    def __contains__(self, item):
        return item == "%s"


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
