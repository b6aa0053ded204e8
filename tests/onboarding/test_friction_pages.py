"""The pages of what customers say."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from onboarding import friction
from onboarding.models import Friction, Heard, Mending, Sighting
from tests.onboarding.test_friction import add
from tests.onboarding.test_library import CARD, HOSTILE
from tests.onboarding.test_mine import IDENTITY, page, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def sara(hire, sign_in):
    client = sign_in(hire)
    client.get("/")
    return client


@pytest.fixture
def olga(owner, sign_in):
    client = sign_in(owner)
    client.get("/")
    return client


def send(client, name, pk=None, **data):
    return client.post(reverse(f"onboarding:{name}", args=[pk] if pk else []), data)


def undo_of(html) -> str:
    return re.search(r'action="([^"]*take-back/[^"]*)"', html)[1].replace("&amp;", "&")


def test_an_empty_list_begins_with_an_open_form(sara):
    html = page(sara, "friction")
    assert "Nothing yet. Write down the first thing you hear twice" in text(html)
    assert '<details class="fh-card" open>' in html


def test_somebody_who_only_reads_is_told_who_writes(interviewer, sign_in):
    seen = text(page(sign_in(interviewer), "friction"))
    assert "Nothing is written down yet." in seen
    assert "Write it down" not in seen


def test_a_problem_is_written_down_and_taken_back(sara):
    answer = send(sara, "friction_add", kind="stumble", body="No size chart", fix="A chart", mark="m")
    assert answer.url == reverse("onboarding:friction")
    html = page(sara, "friction")
    assert "No size chart 1 time in 30 days · 1 in all" in text(html)
    assert "Idea: A chart" in text(html)
    sara.post(undo_of(html))
    assert Friction.objects.count() == 0


@pytest.mark.parametrize(("kind", "name"), [("like", "customers_like"), ("dislike", "customers_dislike")])
def test_likes_and_dislikes_have_pages_of_their_own(sara, kind, name):
    assert send(sara, "friction_add", kind=kind, body="The box", mark="m").url == reverse(
        f"onboarding:{name}"
    )
    assert "The box 1 time in 30 days" in text(page(sara, name))
    assert "The box" not in text(page(sara, "friction"))


@pytest.mark.parametrize("values", [{"body": ""}, {"body": "x" * 201}, {"body": "Fine", "kind": "made_up"}])
def test_what_is_wrong_is_said_and_nothing_is_kept(sara, values):
    answer = send(sara, "friction_add", **{"kind": "stumble", "mark": "m", "example": "Kept"} | values)
    assert (answer.status_code, answer.context["form"]["example"].value()) == (422, "Kept")
    assert Friction.objects.count() == 0


def test_what_sounds_alike_is_asked_about_first(sara, company, owner):
    row = add(company, owner, "The link for tracking is missing")
    body = {
        "kind": "stumble",
        "body": "Tracking link missing",
        "example": "Where is it?",
        "fix": "",
        "mark": "m",
    }
    html = send(sara, "friction_add", **body).content.decode()
    assert "The link for tracking is missing 1 time so far · New It is this one" in text(html)
    assert Friction.objects.count() == 1
    send(sara, "friction_again", row.pk, mark="m", example="Where is it?")
    assert list(row.sightings.order_by("pk").values_list("example", flat=True)) == ["", "Where is it?"]


def test_what_is_another_thing_after_all_is_written_down(sara, company, owner):
    add(company, owner, "The link for tracking is missing")
    body = {"kind": "stumble", "body": "Tracking link missing", "example": "", "fix": "", "mark": "m"}
    html = send(sara, "friction_add", **body).content.decode()
    hidden = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html.split("No, it is")[0])
    )
    assert {name: hidden[name] for name in body} == body
    send(sara, "friction_add", another="1", **body)
    send(sara, "friction_add", another="1", **body)
    assert Friction.objects.order_by("pk").values_list("body", flat=True)[1] == "Tracking link missing"
    assert Friction.objects.count() == 2


def test_the_same_form_sent_twice_does_not_ask_about_itself(sara):
    for _n in range(2):
        answer = send(sara, "friction_add", kind="stumble", body="No size chart", mark="m")
        assert answer.status_code == 302
    assert Sighting.objects.count() == 1


def test_a_tap_counts_says_so_and_is_taken_back(sara, company, owner):
    row = add(company, owner)
    mark = re.search(r'name="mark" value="(\w+-\d+)"', page(sara, "friction"))[1]
    for _n in range(2):
        send(sara, "friction_again", row.pk, mark=mark)
    html = page(sara, "friction")
    assert "2 times in 30 days · 2 in all" in text(html)
    sara.post(undo_of(html))
    assert Sighting.objects.count() == 1


def test_a_tap_on_what_was_taken_back_meanwhile_is_not_there(sara, company, owner):
    row = add(company, owner)
    friction.take_back(row.sightings.get(), by=owner)
    assert send(sara, "friction_again", row.pk, mark="m").status_code == 404


def test_where_it_stands_is_changed_shown_and_taken_back(olga, company, owner):
    row = add(company, owner)
    send(olga, "friction_move", row.pk, status="fixing", note="With the agency")
    html = page(olga, "friction_point", pk=row.pk)
    assert "From “New” to “Being fixed” With the agency" in text(html)
    olga.post(undo_of(html))
    assert Friction.objects.get().status == Mending.NEW


def test_a_status_that_is_none_is_refused(olga, company, owner):
    row = add(company, owner)
    assert send(olga, "friction_move", row.pk, status="gone", note="Kept").status_code == 422
    assert Friction.objects.get().status == Mending.NEW


def test_a_new_hire_sees_where_it_stands_and_cannot_change_it(sara, company, owner):
    row = add(company, owner)
    friction.move(row, by=owner, status=Mending.SEEN)
    seen = page(sara, "friction_point", pk=row.pk)
    assert "Looked at" in text(seen)
    assert reverse("onboarding:friction_move", args=[row.pk]) not in seen
    assert send(sara, "friction_move", row.pk, status="fixed").status_code == 403


def test_words_are_changed_by_whoever_wrote_them(sara, company, hire, owner):
    mine, other = add(company, hire, "Mine"), add(company, owner, "Olga wrote this")
    send(sara, "friction_edit", mine.pk, body="Better", fix="", seen="1")
    assert send(sara, "friction_edit", other.pk, body="Better", fix="", seen="1").status_code == 403
    assert list(Friction.objects.order_by("pk").values_list("body", flat=True)) == [
        "Better",
        "Olga wrote this",
    ]


def test_two_tabs_show_both(olga, company, owner):
    row = add(company, owner)
    send(olga, "friction_edit", row.pk, body="First", fix="", seen="1")
    answer = send(olga, "friction_edit", row.pk, body="Second", fix="", seen="1")
    assert answer.status_code == 409
    assert [(line["mine"], line["theirs"]) for line in answer.context["rows"]] == [("Second", "First")]


def test_text_is_shown_as_typed(company, owner, olga):
    row = add(company, owner, HOSTILE, fix=HOSTILE, example=HOSTILE)
    as_it_is = Client()
    as_it_is.cookies = olga.cookies
    shown = "{{ customer.first_name }} {% if x %}&lt;b&gt;\u202eabc"
    html = as_it_is.get(reverse("onboarding:friction_point", args=[row.pk])).content.decode()
    assert html.split("<main", 1)[1].count(shown) == 3
    html = as_it_is.get(reverse("onboarding:friction")).content.decode()
    assert f"<bdi>{shown}</bdi>" in html


def test_a_card_number_never_reaches_the_page(sara):
    send(sara, "friction_add", kind="stumble", body=CARD, example=CARD, fix=CARD, mark="m")
    assert "4111" not in page(sara, "friction_point", pk=Friction.objects.get().pk)


def test_the_interviewer_reads_and_writes_nothing(company, owner, interviewer, sign_in):
    row, client = add(company, owner), sign_in(interviewer)
    assert "No size chart" in text(page(client, "friction"))
    assert send(client, "friction_add", kind="stumble", body="Mine", mark="m").status_code == 403
    assert send(client, "friction_again", row.pk, mark="m").status_code == 403
    client.post(reverse("onboarding:friction_again_take_back", args=[row.sightings.get().pk]))
    assert Sighting.objects.count() == 1


def test_another_companys_point_is_not_there(company, owner, rival, sign_in):
    row, client = add(company, owner), sign_in(rival)
    assert client.get(reverse("onboarding:friction_point", args=[row.pk])).status_code == 404
    for name in ("friction_again", "friction_move", "friction_edit", "friction_take_back"):
        assert send(client, name, row.pk, mark="m", status="fixed", body="x").status_code == 404
    assert send(client, "friction_again_take_back", row.sightings.get().pk).status_code == 404
    assert Sighting.objects.count() == 1


@pytest.mark.parametrize("n", [1, 3])
def test_pages_cost_the_same_for_one_and_three(sara, company, owner, n, django_assert_num_queries):
    for number in range(n):
        row = add(company, owner, str(number))
    for _each in range(n):
        friction.again(row, by=owner)
    with django_assert_num_queries(IDENTITY + 1):
        page(sara, "friction")
    with django_assert_num_queries(IDENTITY + 4):
        page(sara, "friction_point", pk=row.pk)


def test_settled_points_are_a_link_away(olga, company, owner):
    friction.move(add(company, owner, kind=Heard.LIKE), by=owner, status=Mending.NOT_NOW)
    assert "No size chart" not in text(page(olga, "customers_like"))
    shown = olga.get(reverse("onboarding:customers_like"), {"all": "1"}).context["rows"]
    assert [row.body for row in shown] == ["No size chart"]
