"""Every page, as everybody: reading changes nothing, shows no other company, runs nobody's text, and takes anything.

The pages and who may see them come from the reviewed rows of tests/routes; what is on them from tests/world.py,
made twice: for the company, and for the rival, each with its own mark in every text that people type.
"""

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import Company, CompanyOwned
from hiring.models import Answer, Application, Booking, Evidence, Job, Note, Offer, ReadingLease, Stage
from readiness.models import TicketImport
from tests.conftest import StrictClient
from tests.hiring.factories import make_card, make_reference, make_screen
from tests.mailroom.factories import make_mail
from tests.test_routes import OURS, ROWS, address
from tests.world import APPS, make_other_world, make_world
from vault.models import TrailEntry

PEOPLE = ("owner", "manager", "interviewer", "hire")
GETS = [row for row in ROWS if row["method"] == "GET"]
MODELS = [model for model in apps.get_models() if model._meta.app_label in {*APPS, "vault"}]
OWNED = [model for model in MODELS if issubclass(model, CompanyOwned)]


def is_public(row) -> bool:
    """Also somebody of another company may read it: adverts and what hangs on a token."""
    return row["anonymous"].strip() == "200"


def caller(sign_in, world, role):
    return StrictClient() if role == "anonymous" else sign_in(world[role])


# -- two companies with everything in them


def fill(world, mark):
    """What people write about somebody, and then the mark's texts in the place of every text of the company."""
    person = Application.objects.select_related("job").get(pk=world["assigned"])
    owned = {"company": world["company"], "application": person}
    Note.objects.create(author=world["owner"], text="A note", **owned)
    for question in person.job.questions.all():
        Answer.objects.create(question=question, text="An answer", **owned)
    make_card(person, world["interviewer"], levels=[3, 4])
    make_screen(person)
    make_reference(person)
    world["mail"] = make_mail(world["company"], text=hostile(mark, 0, 200), subject=mark).pk
    TicketImport.objects.filter(pk=world["unmapped"]).update(header=[hostile(mark, n, 200) for n in range(5)])
    Booking.objects.for_company(world["company"]).update(wished_at=timezone.now())  # a wish has its day
    for model in set(OWNED) - {Evidence}:  # only added to
        for field in typed_fields(model):
            retype(model.objects.for_company(world["company"]), field, mark)
    for name in ("name", "address"):
        retype(Company.objects.filter(pk=world["company"].pk), Company._meta.get_field(name), mark)


# Texts that the program writes and reads again: nobody types them.
CODES = set(
    "key job_ref reference assessment consent_version message message_id about_kind zone config_version sha256"
    " contract_sha256 source mark ref".split()
)
PAYLOADS = (
    "{mark}<script>alert(1)</script>",
    "{mark}\" onmouseover='alert(1)' x=\"' onfocus=alert(1) y='",
    "{mark}</script></title></textarea><img src=x onerror=alert(1)>",
)


def typed_fields(model):
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or field.unique or field.name in CODES)
        and (field.max_length or 100) >= 40
        and not isinstance(field, models.SlugField)
    ]


def hostile(mark, number, room):
    text = PAYLOADS[number % len(PAYLOADS)].format(mark=mark)
    return text if len(text) + 8 <= (room or 100) else f"{mark}'\"><b onclick=x>"


def retype(rows, field, mark):
    for number, pk in enumerate(rows.order_by("pk").values_list("pk", flat=True)):
        text = hostile(mark, number + len(field.name), field.max_length)
        if isinstance(field, models.URLField):
            text = f"https://x.example/{text}"  # its form takes http and https only, and has its own test
        if isinstance(field, models.EmailField):
            text = f"{pk}{text}@x.example"
        rows.filter(pk=pk).update(**{field.name: text})


@pytest.fixture
def worlds(db):
    """Ours and the rival's: {mark: world}."""
    ours = make_world()
    found = {"MARKOURS": ours, "MARKRIVAL": make_other_world(ours)}
    for mark, world in found.items():
        fill(world, mark)
    return found


# -- reading as everybody


def pages(world, role):
    """Addresses of the pages that this role is shown; for the owner the candidates with each stage open too."""
    found = [address(row, world) for row in GETS if row[role].strip() == "200" or is_public(row)]
    if role == "owner":
        offer = Offer.objects.get(pk=world["sent_offer"])
        for pk in (world["assigned"], offer.application_id):
            found += [f"{reverse('hiring:candidate', args=[pk])}?panel={stage}" for stage in Stage.values]
    return found


LEADS = {"href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"}


class Live(HTMLParser):
    """Collects what a browser would run."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        own_script = values.get("src") or values.get("type") in {"application/json", "application/ld+json"}
        if tag == "script" and not own_script:
            self.found.append((tag, attrs))
        for name, value in attrs:
            link = re.sub(r"[\x00-\x20]", "", value or "").lower()
            leads = name in LEADS and (link == "x" or link.startswith(("javascript:", "data:text")))
            if name.startswith("on") or leads:
                self.found.append((tag, attrs))


DOWNLOADS = ("text/csv", "application/pdf")  # no browser takes these for markup


def live_markup(text):
    parser = Live()
    parser.feed(text)
    return parser.found


@pytest.mark.parametrize("payload", [*PAYLOADS, "<a href=' javascript:alert(1)'>", "<b onclick=x>"])
def test_the_parser_sees_each_payload_that_gets_out(payload):
    where = "<p>{}</p>" if "<" in payload else '<input value="{}">'
    assert live_markup(where.format(payload))


def check_texts(client, page, foreign) -> str:
    response = client.get(page)
    text = b"".join(response).decode(errors="replace")
    assert foreign not in text, page
    if not response["Content-Type"].startswith(DOWNLOADS):
        assert live_markup(text) == [], page
    return text


@pytest.mark.parametrize("role", ["owner", "hire"])
def test_the_rival_sees_nothing_of_ours(worlds, sign_in, role):
    client = caller(sign_in, worlds["MARKRIVAL"], role)
    seen = ["MARKRIVAL" in check_texts(client, page, "MARKOURS") for page in pages(worlds["MARKRIVAL"], role)]
    assert sum(seen) >= 4  # the texts did arrive on the pages


@pytest.mark.parametrize("role", ["owner"])
def test_pages_of_another_company_are_not_there(worlds, sign_in, role):
    client = caller(sign_in, worlds["MARKOURS"], role)
    for row in GETS:
        if not is_public(row):
            check_texts(client, address(row, worlds["MARKRIVAL"]), "MARKRIVAL")


# -- what reading may write: when a member was last here, the session, the line of who opened what, who has a CV open
OPENING = {
    *(
        "mail.read",
        "offer.downloaded",
        "offer.checked",
        "memo.downloaded",
        "read_out.downloaded",
        "people.printed",
        "people_import.left_out_taken",
    ),
    *("pool.read", "pool.opened", "decision.read"),
}
KEPT_BY_READING = re.compile(
    r'"(accounts_session|vault_trailentry|hiring_readinglease)"|SET "last_seen_at" = \S+ WHERE'
)


def everything() -> dict:
    """All rows of all our tables, as text."""
    found = {}
    for model in set(MODELS) - {ReadingLease}:
        names = [f.attname for f in model._meta.concrete_fields if f.name != "last_seen_at"]
        rows = model._base_manager.all()
        if model is TrailEntry:
            rows = rows.exclude(action__in=OPENING)
        found[model._meta.label] = {
            repr([bytes(v) if isinstance(v, memoryview) else v for v in row])
            for row in rows.values_list(*names)
        }
    return found


class Writes(list):
    """Statements that change rows, with the page that asked."""

    page = ""

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not KEPT_BY_READING.search(sql):
            self.append((self.page, sql[:100]))
        return execute(sql, params, many, context)


@pytest.mark.parametrize("role", [*PEOPLE, "anonymous"])
def test_reading_changes_nothing_and_shows_no_rival_and_runs_no_text(worlds, sign_in, role):
    world, writes, seen = worlds["MARKOURS"], Writes(), 0
    client, before = caller(sign_in, world, role), everything()
    with connection.execute_wrapper(writes):
        for writes.page in pages(world, role):
            seen += "MARKOURS" in check_texts(client, writes.page, "MARKRIVAL")
            client.head(writes.page)
    assert writes == []
    assert {name: rows - before[name] for name, rows in everything().items() if rows != before[name]} == {}
    assert seen >= 4


def test_changes_are_noticed(worlds):
    before = everything()
    Job.objects.filter(pk=worlds["MARKOURS"]["job"]).update(openings=7)
    assert [name for name, rows in everything().items() if rows != before[name]] == ["hiring.Job"]


# -- every route is answered by somebody
ELSEWHERE = {
    "accounts:come_in": "accounts/test_invitation.py",  # only for who is invited to one more company
    "careers:logo": "accounts/test_look.py",  # needs a file
    "hiring:answer_file": "hiring/test_sent_files.py",  # needs a file
    "hiring:cv": "hiring/test_candidate.py",  # likewise
    "hiring:letter": "hiring/test_sent_files.py",  # likewise
    "hiring:original": "hiring/test_originals.py",  # likewise
    "hiring:original_file": "hiring/test_originals.py",  # likewise
    "hiring:kit_shares": "hiring/test_kit.py",  # needs two who sit in
    "hiring:message_text_back": "hiring/test_message_templates.py",  # needs words of one's own
    "hiring_links:copy": "hiring/test_wishes.py",  # likewise
    "onboarding:setup_first": "onboarding/test_setup_list.py",  # needs an answer that is not the one it has
    "onboarding_links:welcome_step": "onboarding/test_filling.py",  # only while the first day is ahead
    "sample": "config/test_sample.py",  # only for a stranger beside a sample shop
    "sample_remove": "config/test_demo.py",  # only in the sample shop
}


def test_every_route_is_answered_by_somebody():
    answered = set()
    for row in ROWS:
        said = {row[role].strip() for role in (*PEOPLE, "rival")} & {"200", "204", "302", "409", "422"}
        if said or is_public(row):
            answered.add(row["name"])
    assert set(OURS) - answered == set(ELSEWHERE)


# -- anything in the address
ODD = [
    *("' OR 1=1 --", "x" * 10_000, "a\0b", "%ED%A0%80", "%FF", "-1", "²", "９"),
    *("-" + "9" * 30, "9" * 5_000, "0001" + "9" * 5_000, "../UTC", "\u202e😀"),
    *("0001-01-01T00:00:00+23:59,1", "9999-12-31T23:59:59-23:59,1", "2026-13-45T00:00:00+00:00,1"),
]
KNOWN = set("q show before after stage panel later how via test person kind seats zone".split())
IN_BODIES = {"expected", "reason"}  # of a form that was refused


@pytest.fixture
def asked(monkeypatch):
    """Names of the parameters that a page looks at while it is made."""
    names = set()
    get, has = QueryDict.__getitem__, QueryDict.__contains__

    def note(query, name, look):
        names.add(name)
        return look(query, name)

    monkeypatch.setattr(QueryDict, "__getitem__", lambda query, name: note(query, name, get))
    monkeypatch.setattr(QueryDict, "__contains__", lambda query, name: note(query, name, has), raising=False)
    return names


def read_by(client, page, asked) -> list:
    asked.clear()
    client.get(page)
    return sorted(asked - IN_BODIES)


def failing(client, page, names):
    """The values of each name, and of all at once, that end in our own failure."""
    for text in ODD:
        value = text if text.startswith("%") else quote(text)
        for query in {*(f"{name}={value}" for name in names), "&".join(f"{name}={value}" for name in names)}:
            with transaction.atomic():
                if client.get(f"{page}?{query}").status_code >= 500:
                    yield f"{page}?{query[:90]}"
                transaction.set_rollback(True)


def test_no_parameter_makes_us_fail(worlds, sign_in, asked):
    client, found, failed = sign_in(worlds["MARKOURS"]["owner"]), set(), []
    client.raise_request_exception = False
    for row in GETS:
        page = address(row, worlds["MARKOURS"])
        if names := read_by(client, page, asked):
            found |= set(names)
            failed += failing(client, page, names)
    assert failed == []
    assert found >= KNOWN
