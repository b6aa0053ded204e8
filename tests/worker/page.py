"""Run by the forge: an owner presses "Try again" on every parked mail; how long each page took."""

import json
import time

from django.conf import settings
from django.test import Client, override_settings
from kombu.transport import redis  # noqa: F401  not a part of what a page costs

from accounts.models import Membership
from mailroom.models import Mail
from vault.work import State

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=settings.STORAGES | {"staticfiles": PLAIN})
def retry_all():
    client = Client()
    client.force_login(Membership.objects.get().user)
    client.get("/mail/")
    took = []
    for pk in Mail.objects.filter(state=State.PARKED).order_by("pk").values_list("pk", flat=True):
        begun = time.monotonic()
        answer = client.post(f"/mail/{pk}/retry/", follow=True)
        took.append([time.monotonic() - begun, "on its way again" in answer.content.decode()])
    (settings.VAR / "pages.json").write_text(json.dumps(took))
