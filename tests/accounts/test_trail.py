import pytest
from django.utils import timezone

from accounts.models import Role
from tests.factories import make_member
from vault import trail
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/trail/"


def note(member, action="team.invited", **fields):
    actor = fields.pop("actor_id", member.user_id)
    return trail.record(action, company_id=member.company_id, actor_id=actor, **fields)


def lines(client, **asked) -> list:
    return [line["sentence"] for line in client.get(ADDRESS, asked).context["lines"]]


def test_who_did_what_newest_first(sign_in, owner, manager):
    note(owner, "company.changed", fields=["legal_name", "slug"])
    note(manager)
    client = sign_in(owner)
    assert lines(client) == ["Mika invited somebody", "Olga changed the details of the shop"]
    assert "legal name, slug" in client.get(ADDRESS).content.decode()


def test_nothing_of_another_company(sign_in, owner, rival):
    note(rival)
    note(owner, actor_id=rival.user_id)
    client = sign_in(owner)
    assert lines(client) == ["Somebody invited somebody"]
    assert "Rita" not in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"actor_id": None}, "Firsthire invited somebody"),
        ({"actor_id": None, "by_link": "status"}, "Somebody with a link invited somebody"),
        ({"action": "nobody.knows"}, "Olga: nobody.knows"),
    ],
)
def test_actors_and_actions_without_a_name(sign_in, owner, fields, sentence):
    note(owner, **fields)
    assert lines(sign_in(owner)) == [sentence]


def test_people_who_left_keep_their_name(sign_in, owner):
    gone = make_member(owner.company, Role.HIRE, name="Gone", removed_at=timezone.now())
    note(gone)
    assert lines(sign_in(owner)) == ["Gone invited somebody"]


def test_filters_by_person_and_kind(sign_in, owner, manager):
    note(owner, "company.changed")
    note(owner)
    note(manager)
    client = sign_in(owner)
    assert lines(client, person=manager.user_id) == ["Mika invited somebody"]
    assert lines(client, kind="company") == ["Olga changed the details of the shop"]
    assert lines(client, person=owner.user_id, kind="team") == ["Olga invited somebody"]


@pytest.mark.parametrize("value", ["'", "x" * 10_000, "\x00", "\ud800", "-1", "9" * 30, "²", "team.%", "%"])
@pytest.mark.parametrize("name", ["person", "kind", "before"])
def test_whatever_is_asked_is_answered(sign_in, owner, name, value):
    note(owner)
    asked = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert lines(sign_in(owner), **{name: asked}) == ["Olga invited somebody"]


def test_a_person_of_another_company_is_not_a_filter(sign_in, owner, rival):
    note(owner)
    assert lines(sign_in(owner), person=rival.user_id) == ["Olga invited somebody"]


def test_pages_go_by_key(sign_in, owner):
    TrailEntry.objects.bulk_create(
        TrailEntry(company_id=owner.company_id, actor_id=owner.user_id, action="team.invited")
        for _ in range(120)
    )
    client = sign_in(owner)
    first = client.get(ADDRESS, {"kind": "team"})
    assert len(first.context["lines"]) == 50
    older = first.context["older"]
    assert f"?before={older}&amp;person=&amp;kind=team" in first.content.decode()
    second = client.get(ADDRESS, {"before": older})
    last = client.get(ADDRESS, {"before": second.context["older"]})
    assert (len(second.context["lines"]), len(last.context["lines"]), last.context["older"]) == (50, 20, None)


def test_an_empty_trail_says_so(sign_in, owner):
    assert "Nothing yet that fits." in sign_in(owner).get(ADDRESS).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_line_and_for_three(sign_in, owner, rows, django_assert_num_queries):
    for _ in range(rows):
        note(owner)
    client = sign_in(owner)
    client.get(ADDRESS)
    with django_assert_num_queries(5):
        client.get(ADDRESS)


def test_markup_in_names_stays_text(sign_in, owner):
    owner.name = "<script>alert(1)</script>"
    owner.save()
    note(owner)
    assert "<script>alert(1)" not in sign_in(owner).get(ADDRESS).content.decode()
