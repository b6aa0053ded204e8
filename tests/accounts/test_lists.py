"""Tools and places to advertise: ours to begin with, the shop's own to name, price, order and hide."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from accounts import listed
from accounts.models import Listed
from hiring.apply_forms import ByHandForm
from onboarding import setups
from tests.hiring.adverts import make_published
from tests.readiness.factories import CALM, make_assessment
from vault.models import TrailEntry

LISTS = reverse("accounts:lists")
pytestmark = pytest.mark.django_db
TOOLS = ["Gorgias", "Zendesk", "Help Scout", "FrontApp", "Kayako"]
PLACES = [
    "LinkedIn",
    "We Work Remotely",
    "Support Driven",
    "A friend",
    "Your own site",
    "A newspaper or notice board",
]


def text(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def names(company, kind=listed.TOOL) -> list:
    return [listed.name_of(entry) for entry in listed.shown(company, kind)]


def posted(company, kind=listed.TOOL, do="save", **changes) -> dict:
    """The page as the browser sends it back."""
    data = {"kind": kind, "do": do}
    for entry in listed.entries(company, kind):
        code = listed.code(entry)
        data |= {f"{code}-name": listed.name_of(entry), f"{code}-currency": entry.currency}
        data[f"{code}-price"] = "" if entry.price is None else str(entry.price)
        data |= {} if entry.hidden else {f"{code}-shown": "on"}
        if kind == listed.CHANNEL:
            data |= {f"{code}-days": entry.days or "", f"{code}-note": listed.note_of(entry)}
    data |= {name.replace("__", "-"): value for name, value in changes.items()}
    return {name: value for name, value in data.items() if value is not None}


@pytest.fixture
def change(owner, sign_in):
    """change(..) -> the answer to the page sent back with changes."""
    client = sign_in(owner)
    return lambda **changes: client.post(LISTS, posted(owner.company, **changes))


# -- ours


def test_before_anybody_changes_it_the_list_is_ours_and_nothing_is_stored(company):
    assert (names(company), names(company, listed.CHANNEL)) == (TOOLS, PLACES)
    assert (names(None), Listed.objects.count()) == (TOOLS, 0)


def prices(company, kind) -> list:
    return [listed.price_of(entry) for entry in listed.ours(company, kind)]


@pytest.mark.parametrize(
    ("currency", "tools", "boards"),
    [
        ("USD", ["", "$49", "$20", "$19", ""], ["", "$200", "$150", "", "", ""]),
        ("EUR", ["", "€42", "€17", "€16", ""], ["", "€170", "€127", "", "", ""]),
        (
            "SEK",
            ["", "SEK440", "SEK180", "SEK170", ""],
            ["", "SEK1,800", "SEK1,300", "", "", ""],
        ),
        ("PLN", ["", "$49", "$20", "$19", ""], ["", "$200", "$150", "", "", ""]),
    ],
)
def test_prices_stand_in_the_money_they_were_quoted_in(company, currency, tools, boards):
    company.currency = currency
    assert (prices(company, listed.TOOL), prices(company, listed.CHANNEL)) == (tools, boards)


def test_the_readers_language_names_what_nobody_renamed(company):
    friend = listed.ours(company, listed.CHANNEL)[3]
    with translation.override("fi"):
        assert listed.name_of(friend) == translation.pgettext("where an advert goes", "A friend")
    friend.name = "My sister"
    assert listed.name_of(friend) == "My sister"


def test_changed_prices_are_no_quotes_any_more(company):
    zendesk = listed.ours(company, listed.TOOL)[1]
    assert listed.is_quoted(zendesk)
    for price, currency in ((Decimal(43), "EUR"), (Decimal(42), "USD"), (None, "EUR")):
        zendesk.price, zendesk.currency = price, currency
        assert not listed.is_quoted(zendesk)


def test_what_the_shop_added_was_never_quoted(company):
    assert not listed.is_quoted(Listed(company=company, kind="tool", name="Own", price=42, currency="EUR"))


# -- changing them


def test_renaming_and_pricing(change, company):
    assert change(zendesk__name="Our desk", zendesk__price="55.50").status_code == 302
    row = Listed.objects.get(key="zendesk")
    assert (row.name, row.price, names(company)[1]) == ("Our desk", Decimal("55.50"), "Our desk")


def test_a_name_of_ours_stays_everybodys(change):
    change(zendesk__price="1")
    assert Listed.objects.get(key="zendesk").name == ""


def test_hiding_and_showing_again(change, company):
    change(gorgias__shown=None)
    assert names(company) == TOOLS[1:]
    change(gorgias__shown="on")
    assert names(company) == TOOLS


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("up-zendesk", ["Zendesk", "Gorgias", "Help Scout", "FrontApp", "Kayako"]),
        ("down-zendesk", ["Gorgias", "Help Scout", "Zendesk", "FrontApp", "Kayako"]),
        ("up-gorgias", TOOLS),
        ("down-kayako", TOOLS),
        ("remove-zendesk", TOOLS),
        ("up-nothing", TOOLS),
        ("jump-zendesk", TOOLS),
    ],
)
def test_the_order(change, company, do, order):
    change(do=do)
    assert names(company) == order


def added(change, company, name="Mailbox", **extra) -> Listed:
    change(**{"add-tool__name": name, "add-tool__price": "12"}, **extra)
    return Listed.objects.get(company=company, name=name)


def test_adding_one_and_removing_it(change, company):
    row = added(change, company)
    assert (names(company), row.price, row.currency) == ([*TOOLS, "Mailbox"], 12, "EUR")
    change(do=f"remove-own{row.pk}")
    assert names(company) == TOOLS


def test_sent_twice_it_is_added_once(owner, sign_in):
    client = sign_in(owner)
    data = posted(owner.company, **{"add-tool__name": "Mailbox"})
    assert [client.post(LISTS, data).status_code for _ in range(2)] == [302, 302]
    assert names(owner.company) == [*TOOLS, "Mailbox"]


def test_what_another_tab_added_stays(owner, sign_in, change):
    before = posted(owner.company, zendesk__name="Our desk")
    added(change, owner.company)
    sign_in(owner).post(LISTS, before)
    assert names(owner.company) == ["Gorgias", "Our desk", "Help Scout", "FrontApp", "Kayako", "Mailbox"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"zendesk__name": ""},
        {"zendesk__name": "x" * 61},
        {"zendesk__name": "a\0b"},
        {"zendesk__price": "-1"},
        {"zendesk__price": "free"},
        {"zendesk__price": "9" * 12},
        {"zendesk__currency": "XXX"},
        {"add-tool__name": "x" * 61},
        {"add-tool__price": "-1"},
    ],
)
def test_something_wrong_keeps_nothing_and_what_was_typed(change, company, wrong):
    response = change(gorgias__name="Typed", **wrong)
    assert (response.status_code, Listed.objects.count()) == (422, 0)
    assert 'value="Typed"' in text(response)
    assert "invalid-feedback d-block" in text(response)


def test_a_list_does_not_grow_without_end(change, company, monkeypatch):
    monkeypatch.setattr(listed, "MOST", 5)
    response = change(**{"add-tool__name": "One more"})
    assert (response.status_code, "At most 5 entries." in text(response)) == (422, True)
    assert change(zendesk__name="Renamed").status_code == 302


def test_a_place_has_days_and_a_note(change):
    change(kind="channel", wwr__days="45", wwr__note="Ask for the support corner", friend__note="")
    row = Listed.objects.get(key="wwr")
    assert (row.days, row.note, listed.terms_of(row)) == (
        45,
        "Ask for the support corner",
        "€170 for 45 days.",
    )
    assert (
        listed.note_of(Listed.objects.get(key="friend"))
        == "Costs nothing, and reaches people who are like you."
    )


def test_our_note_stays_everybodys(change):
    change(kind="channel", wwr__price="1")
    row = Listed.objects.get(key="wwr")
    assert (row.note, listed.note_of(row)) == ("", "For remote work; has a part for customer support.")


@pytest.mark.parametrize(
    ("price", "days", "terms"),
    [
        (170, 30, "€170 for 30 days, as quoted."),
        (170, 31, "€170 for 31 days."),
        (100, 1, "€100 for 1 day."),
        (100, None, "€100"),
        (None, 30, ""),
    ],
)
def test_what_a_place_costs_is_told_with_its_time(company, price, days, terms):
    wwr = listed.ours(company, listed.CHANNEL)[1]
    wwr.price, wwr.days = price and Decimal(price), days
    assert listed.terms_of(wwr) == terms


@pytest.mark.parametrize(("price", "days"), [("12", 30), ("", None)])
def test_a_place_of_ones_own_runs_thirty_days_when_it_costs(change, price, days):
    change(kind="channel", **{"add-channel__name": "Village board", "add-channel__price": price})
    assert Listed.objects.get(name="Village board").days == days


@pytest.mark.parametrize("days", ["0", "-1", "367", "x", "1.5"])
def test_days_that_no_advert_runs(change, days):
    response = change(kind="channel", linkedin__days=days, wwr__name="Typed")
    assert (response.status_code, Listed.objects.count()) == (422, 0)
    assert 'value="Typed"' in text(response)


def test_a_tool_has_neither_days_nor_a_note(sign_in, owner, change):
    page = text(sign_in(owner).get(LISTS))
    assert ('name="zendesk-days"' in page, 'name="wwr-days"' in page) == (False, True)
    change(zendesk__days="5", zendesk__note="x")
    row = Listed.objects.get(key="zendesk")
    assert (row.days, row.note) == (None, "")


def test_the_two_lists_are_apart(change, company):
    change(kind="channel", linkedin__name="In")
    assert names(company, listed.CHANNEL)[0] == "In"
    assert names(company) == TOOLS


def test_the_trail_tells(change, owner):
    change(zendesk__name="Our desk")
    entry = TrailEntry.objects.get(action="list.changed")
    assert (entry.company_id, entry.actor_id, entry.fields) == (owner.company_id, owner.user_id, ["tool"])


# -- who may


def test_a_manager_reads_what_is_shown_and_changes_nothing(sign_in, manager, change):
    change(gorgias__shown=None)
    client = sign_in(manager)
    page = text(client.get(LISTS))
    assert ("Zendesk" in page, "Gorgias" in page, "42 EUR" in page.replace("42.00", "42")) == (
        True,
        False,
        True,
    )
    assert 'name="zendesk-name"' not in page
    assert client.post(LISTS, posted(manager.company)).status_code == 403


def test_staff_do_not_see_them(sign_in, interviewer, hire):
    assert [sign_in(member).get(LISTS).status_code for member in (interviewer, hire)] == [403, 403]


def test_another_shop_has_its_own(change, rival, sign_in):
    change(zendesk__name="Our desk")
    assert names(rival.company) == TOOLS
    assert "Our desk" not in text(sign_in(rival).get(LISTS))


def test_a_rivals_entry_is_not_reached_by_its_code(change, rival, owner):
    theirs = listed.add(company=rival.company, kind="tool", name="Theirs", price=None, position=0)
    change(do=f"remove-own{theirs.pk}", **{f"own{theirs.pk}__name": "Mine"})
    theirs.refresh_from_db()
    assert theirs.name == "Theirs"


@pytest.mark.parametrize("kind", ["", "nothing", "\0"])
def test_an_unknown_list_is_missing(sign_in, owner, kind):
    assert sign_in(owner).post(LISTS, {"kind": kind}).status_code == 404


@pytest.mark.parametrize("changed", [False, True])
def test_queries(sign_in, owner, change, django_assert_num_queries, changed):
    if changed:
        added(change, owner.company)
    client = sign_in(owner)
    client.get(LISTS)
    with django_assert_num_queries(3 + 2):
        client.get(LISTS)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "other", "name": "x"},
        {"kind": "tool"},
        {"kind": "tool", "name": "x", "price": -1},
        {"kind": "channel", "name": "x", "days": 0},
    ],
)
def test_the_database_refuses_what_makes_no_sense(company, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Listed.objects.create(company=company, currency="EUR", **fields)


def test_one_of_ours_stands_once_in_a_list(company):
    row = {"company": company, "kind": "tool", "key": "zendesk", "currency": "EUR"}
    Listed.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Listed.objects.create(**row)


# -- where they are used


def test_the_bridges_name_the_shops_tools(change, sign_in, owner):
    row = make_assessment(owner.company, by=owner.user, **CALM)
    address = reverse("readiness:show", args=[row.pk])
    assert f"Examples, not recommendations: {', '.join(TOOLS)}." in text(sign_in(owner).get(address))
    change(kayako__name="Our desk", gorgias__shown=None)
    shown = text(sign_in(owner).get(address))
    assert "Examples, not recommendations: Zendesk, Help Scout, FrontApp, Our desk." in shown


def test_the_set_up_list_reckons_with_the_shops_prices(change, company):
    change(zendesk__price="50", helpscout__shown=None)
    found = [tuple(desk.values()) for desk in setups.help_desks(company, 2) if desk["one"]]
    assert found == [("Zendesk", "€50", "€100", False), ("FrontApp", "€16", "€32", True)]


def test_the_live_page_has_a_text_for_each_place(change, sign_in, owner):
    job = make_published(owner)
    address = reverse("hiring:job_live", args=[job.pk])
    page = text(sign_in(owner).get(address))
    assert [
        f"?via={code}" in page for code in map(listed.code, listed.ours(owner.company, listed.CHANNEL))
    ] == [True] * 6
    assert "€170 for 30 days, as quoted." in page
    change(kind="channel", wwr__price="180", linkedin__shown=None)
    page = text(sign_in(owner).get(address))
    assert ("€180 for 30 days." in page, "?via=linkedin" in page) == (True, False)


def test_a_place_of_the_shops_own_has_its_tracked_link(change, sign_in, owner):
    job = make_published(owner)
    change(kind="channel", **{"add-channel__name": "The village board"})
    code = listed.code(Listed.objects.get(name="The village board"))
    page = text(sign_in(owner).get(reverse("hiring:job_live", args=[job.pk])))
    assert ("The village board" in page, f"?via={code}" in page) == (True, True)


def test_by_hand_one_chooses_among_the_shops_places(change, owner):
    job = make_published(owner)
    before = [str(label) for _code, label in ByHandForm(job=job).fields["source"].choices]
    assert before == ["I do not know", *PLACES[:3], "Somebody I know", "Came to us directly", PLACES[5]]
    change(kind="channel", friend__name="My sister", wwr__shown=None)
    after = [str(label) for _code, label in ByHandForm(job=job).fields["source"].choices]
    assert after == [
        "I do not know",
        "LinkedIn",
        "Support Driven",
        "My sister",
        "Came to us directly",
        PLACES[5],
    ]
