"""The eight requests that are measured, each as somebody really makes it."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from hiring import adverts
from hiring.models import Application, Job, Stage
from onboarding.models import Step
from readiness.models import Assessment


@dataclass(frozen=True)
class Case:
    """`ask(client)` makes the request; `budget` is the number of queries beyond identity, `ratio` the most it may
    cost beside its floor. None: no budget was set."""

    name: str
    client: Client
    ask: Callable
    budget: int | None
    ratio: float
    writes: bool = False
    expect: tuple = (200, 302)


def client_of(membership: Membership) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(membership.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["company"] = membership.company_id
    session.save()
    return client


def cases(job: Job) -> list[Case]:
    """All of them, on this job of the sample shop."""
    people = {m.role: m for m in Membership.objects.for_company(job.company).select_related("user")}
    owner, hire = client_of(people["owner"]), client_of(people["hire"])
    someone = Application.objects.filter(job=job, stage=Stage.INTERVIEW).active().order_by("pk").first()
    result = Assessment.objects.for_company(job.company).latest("pk")
    return [
        Case("board", owner, _get("hiring:board", job.pk), 8, 6),
        Case("list", owner, _get("hiring:people", job.pk), 6, 6),
        Case("candidate", owner, _get("hiring:candidate", someone.pk), 12, 8),
        Case("advance", owner, _advance(job), 15, 4, writes=True),
        Case("public apply", Client(HTTP_HOST="localhost"), _apply(job), None, 8, writes=True),
        Case("readiness result", owner, _get("readiness:show", result.pk), None, 8),
        Case("new hire's page", hire, _get("onboarding:today"), 6, 6),
        Case("tick", hire, _tick(people["hire"]), 5, 4, writes=True),
    ]


def _get(name, *args):
    url = reverse(name, args=args)
    return lambda client: client.get(url)


def _advance(job):
    """Each time the next person who waits at the CV stage goes on to the phone call."""
    waiting = Application.objects.filter(job=job, stage=Stage.CV).active().order_by("-pk")

    def ask(client):
        person = waiting.first()
        data = {"to": Stage.PHONE, "expected": person.standing, "how": "board"}
        return client.post(reverse("hiring:advance", args=[person.pk]), data)

    return ask


def _apply(job):
    url = reverse("careers:apply", args=[job.company.slug, job.slug])
    answers = {f"question-{question.pk}": "Mornings." for question in adverts.questions(job)}

    def ask(client):
        cache.clear()  # the hourly limit of one address
        token = secrets.token_urlsafe(16)
        person = {
            "name": "Bea Bench",
            "email": f"bea.{token[:8]}@applicants.example",
            "cv_text": "Two years of chat.",
        }
        return client.post(
            url, person | answers | {"cover_letter": "I like customers.", "key": token, "do": "anyway"}
        )

    return ask


def _tick(membership):
    """The first open step that the new hire ticks alone; ticked and taken back in turn."""
    step = Step.objects.filter(onboarding__hire=membership, owner="hire", kind="task").order_by("pk").first()
    turn = {"verb": "tick"}

    def ask(client):
        verb = turn["verb"]
        turn["verb"] = "untick" if verb == "tick" else "tick"
        return client.post(reverse(f"onboarding:{verb}", args=[step.pk]), headers={"HX-Request": "true"})

    return ask
