"""The requests that are measured, each as somebody really makes it."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from config.demo import bulk
from hiring import booking, contract, questions
from hiring.models import Application, Job, Offer, OfferState, Stage
from onboarding.models import Onboarding, Step
from readiness.models import Assessment
from vault import links


@dataclass(frozen=True)
class Ask:
    """One request, laid out before the clock runs."""

    path: str
    method: str = "GET"
    data: dict = field(default_factory=dict)
    headers: dict | None = None

    def sender(self, client: Client, path: str = "") -> Callable:
        """Called, it sends this request (to another `path` when given, as heavy) and returns the response."""
        body = encode_multipart(BOUNDARY, self.data) if self.method == "POST" else b""
        return lambda: client.generic(
            self.method, path or self.path, body, MULTIPART_CONTENT, headers=self.headers
        )


@dataclass(frozen=True)
class Case:
    """`prepare()` gives the next request; `budget` is the number of queries beyond identity, `ratio` the most it may
    cost beside its floor. None: no budget was set. A `write` needs something new to change each time."""

    name: str
    client: Client
    prepare: Callable[[], Ask]
    budget: int | None
    ratio: float
    writes: bool = False


def client_of(membership: Membership) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(membership.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["company"] = membership.company_id
    session.save()
    return client


def cases(job: Job) -> list[Case]:
    """All of them, on this job of the sample shop."""
    team = Membership.objects.for_company(job.company).exclude(user=None).select_related("user")
    people = {member.role: member for member in team}
    owner, hire = client_of(people["owner"]), client_of(people["hire"])
    someone = Application.objects.filter(job=job, stage=Stage.INTERVIEW).active().order_by("pk").first()
    stranger = Client(HTTP_HOST="localhost")
    result = Assessment.objects.for_company(job.company).latest("pk")
    return [
        Case("board", owner, _get("hiring:board", job.pk), 8, 6),
        Case("filtered board", owner, _get("hiring:board", job.pk, query="show=cv&waiting=7"), 9, 6),
        Case("list", owner, _get("hiring:people", job.pk), 6, 6),
        Case("search", owner, _search("kayako"), None, 5),
        Case("candidate", owner, _get("hiring:candidate", someone.pk), 12, 8),
        Case("next CV", owner, _next_cv(job), None, 8, writes=True),
        Case("advance", owner, _advance(job), 15, 4, writes=True),
        Case("advance to hired", owner, _hire(job, people["owner"]), 50, 4, writes=True),
        Case(
            "job page",
            stranger,
            _get("careers:job", job.company.slug, job.slug),
            None,
            8,
        ),
        Case("public apply", stranger, _apply(job), None, 8, writes=True),
        Case("home", owner, _get("home"), 12, 8),
        Case("list of jobs", owner, _get("hiring:home"), None, 8),
        Case("job overview", owner, _get("hiring:job", job.pk), None, 8),
        Case("interview kit", owner, _get("hiring:kit", someone.pk), None, 8),
        Case("side by side", owner, _get("hiring:compare", job.pk, query=_three(job)), None, 8),
        Case("decision memo", owner, _get("hiring:memo", someone.pk), None, 8),
        Case("messages", owner, _get("hiring:messages", someone.pk), None, 8),
        Case("choose a time", stranger, _booking(job, someone, people["owner"]), None, 8),
        Case("offer page", stranger, _offer(job, people["owner"]), None, 8),
        Case("readiness result", owner, _get("readiness:show", result.pk), None, 8),
        Case("manager's plan page", owner, _plan(people["hire"]), 12, 8),
        Case("new hire's page", hire, _get("onboarding:today"), 6, 6),
        Case("tick", hire, _tick(people["hire"]), 5, 4, writes=True),
    ]


def _get(name, *args, query=""):
    ask = Ask(reverse(name, args=args) + (f"?{query}" if query else ""))
    return lambda: ask


def _plan(hire):
    """The page on which a manager leads somebody's first weeks."""
    return _get("onboarding:plan", Onboarding.objects.running().get(hire=hire).pk)


def _three(job):
    """Three of the interview stage beside each other."""
    some = Application.objects.filter(job=job, stage=Stage.INTERVIEW).active().order_by("pk")[:3]
    return urlencode([("who", person.pk) for person in some])


def _booking(job, person, by):
    """The page behind the link of a mail, with the times of a fortnight."""
    values = {"kind": "video", "minutes": 30, "place": "", "hosts": [by]}
    [row] = booking.offer(job, [person], by=by, **values)
    return _get("hiring_links:booking", _token("booking", row))


def _offer(job, by):
    """An offer that is on the table, with its contract."""
    person = bulk.one(job, Stage.OFFER)
    answered = {"state": OfferState.SENT, "answered_at": None, "signed_name": ""}
    expires = {"expires_at": timezone.now() + timedelta(days=7)}
    row = Offer.objects.create(
        company_id=job.company_id, application=person, **_signed(person, by) | answered | expires
    )
    return _get("hiring_links:offer", _token("offer", row))


def _token(purpose, row) -> str:
    return links.mint(purpose=purpose, subject=(purpose, row.pk), company_id=row.company_id, days=7)


def _next_cv(job):
    """The page that is fetched while another CV is read: of somebody new each time, with its claim."""
    first = Application.objects.filter(job=job).unread().order_by("pk").first()
    return _get("hiring:read", job.pk, query=f"after={first.pk}" if first else "")


def _search(words):
    """Words of every seventh letter."""
    ask = Ask(f"{reverse('hiring:search')}?q={words}")
    return lambda: ask


def _advance(job):
    """Each time the next person who waits at the CV stage goes on to the phone call."""
    waiting = Application.objects.filter(job=job, stage=Stage.CV).active().order_by("-pk")
    return lambda: _move(waiting.first(), Stage.PHONE)


def _move(person, to):
    data = {"to": to, "expected": person.standing, "how": "board"}
    return Ask(reverse("hiring:advance", args=[person.pk]), "POST", data)


def _hire(job, by):
    """Each time somebody new whose offer is signed, which happens to whoever is hired a second time."""
    Job.objects.filter(pk=job.pk).update(openings=30_000)  # else the first one hired would close the job

    def prepare():
        person = bulk.one(job, Stage.OFFER)
        Offer.objects.create(company_id=job.company_id, application=person, **_signed(person, by))
        return _move(person, Stage.HIRED)

    return prepare


def _signed(person, by) -> dict:
    words = {"contract_text": "Signed.", "contract_sha256": contract.sha256("Signed.")}
    now = timezone.now()
    return words | {
        "state": OfferState.ACCEPTED,
        "job_title": "Customer care",
        "pay": Decimal(17),
        "hours_week": Decimal(20),
        "start_date": now.date() + timedelta(days=30),
        "sent_at": now,
        "sent_by": by,
        "answered_at": now,
        "signed_name": person.name,
    }


def _apply(job):
    path = reverse("careers:apply", args=[job.company.slug, job.slug])
    asked = {question.pk: question.kind for question in questions.asked(job)}
    answers = {
        f"question-{pk}": "mo-morning" if kind == "hours" else "Mornings." for pk, kind in asked.items()
    }

    def prepare():
        cache.clear()  # the hourly limit of one address
        token = secrets.token_urlsafe(16)
        person = {
            "name": "Bea Bench",
            "email": f"bea.{token[:8]}@applicants.example",
            "cv_text": "Two years of chat.",
            "cover_letter": "I like customers.",
        }
        return Ask(path, "POST", person | answers | {"key": token, "do": "anyway"})

    return prepare


def _tick(membership):
    """A step that the new hire ticks alone; ticked and taken back in turn."""
    steps = Step.objects.filter(onboarding__hire=membership, owner="hire", kind="task").order_by("pk")

    def prepare():
        step = steps.first()
        verb = "tick" if step.undone else "untick"
        return Ask(reverse(f"onboarding:{verb}", args=[step.pk]), "POST", headers={"HX-Request": "true"})

    return prepare
