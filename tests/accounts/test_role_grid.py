"""Every role beside every other: who may ask in, take back, put out, change. The grid is written down by hand."""

import pytest

from accounts import team
from accounts.models import Membership, Role
from tests.accounts.test_team_page import prove
from tests.factories import make_member

pytestmark = pytest.mark.django_db
O, M, I, H = Role.OWNER, Role.MANAGER, Role.INTERVIEWER, Role.HIRE  # noqa: E741
ROLES = (O, M, I, H)
# who -> the roles they may hand out; nobody else may open the page at all
HAND_OUT = {O: {O, M, I, H}, M: {I, H}}
PAGE = "/accounts/team/"


@pytest.fixture
def people(company, owner, manager, interviewer, hire):
    return {O: owner, M: manager, I: interviewer, H: hire}


def other(company, role):
    return make_member(company, role, name="Other")


def waiting(owner, role):
    return team.invite(company=owner.company, email="new@lumi.example", name="New", role=role, by=owner)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("by", ROLES)
def test_who_invites_whom(sign_in, people, by, role):
    answer = sign_in(people[by]).post(
        f"{PAGE}invite/", {"name": "New", "email": "new@lumi.example", "role": role}
    )
    made = Membership.objects.filter(email="new@lumi.example", role=role).exists()
    assert made is (role in HAND_OUT.get(by, ()))
    assert answer.status_code == (302 if made else 403 if by not in HAND_OUT else 200)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("by", ROLES)
def test_who_takes_an_invitation_back(sign_in, people, by, role):
    place = waiting(people[O], role)
    sign_in(people[by]).post(f"{PAGE}{place.pk}/remove/")
    place.refresh_from_db()
    assert (place.removed_at is not None) is (role in HAND_OUT.get(by, ()))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("by", ROLES)
def test_who_sends_an_invitation_again(sign_in, people, by, role):
    place = waiting(people[O], role)
    sign_in(people[by]).post(f"{PAGE}{place.pk}/invite-again/")
    assert (place.invitations.count() == 2) is (role in HAND_OUT.get(by, ()))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("by", ROLES)
def test_who_puts_a_member_out_and_back(sign_in, people, company, by, role):
    place = other(company, role)
    client = prove(sign_in(people[by]))
    client.post(f"{PAGE}{place.pk}/remove/")
    place.refresh_from_db()
    assert (place.removed_at is not None) is (by == O)
    client.post(f"{PAGE}{place.pk}/put-back/")
    place.refresh_from_db()
    assert place.removed_at is None


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("by", ROLES)
def test_who_changes_a_role(sign_in, people, company, by, role):
    place = other(company, H if role != H else I)
    prove(sign_in(people[by])).post(f"{PAGE}{place.pk}/role/", {"role": role})
    place.refresh_from_db()
    assert (place.role == role) is (by == O)


@pytest.mark.parametrize("by", [M, I, H])
@pytest.mark.parametrize("page", ["", "role/", "remove/", "put-back/", "second-factor/", "data/"])
def test_nobody_raises_themselves(sign_in, people, by, page):
    me = people[by]
    client = prove(sign_in(me))
    client.get(f"{PAGE}{me.pk}/{page}")
    client.post(f"{PAGE}{me.pk}/{page}", {"role": "owner"})
    me.refresh_from_db()
    assert (me.role, me.removed_at) == (by, None)


@pytest.mark.parametrize(
    "page", ["", "role/", "remove/", "put-back/", "invite-again/", "second-factor/", "data/"]
)
def test_another_companys_owner_reaches_nobody(sign_in, people, rival, page):
    client = prove(sign_in(rival))
    for place in people.values():
        before = Membership.objects.values().get(pk=place.pk)
        assert client.post(f"{PAGE}{place.pk}/{page}", {"role": "hire"}).status_code in {404, 405}
        assert Membership.objects.values().get(pk=place.pk) == before


@pytest.mark.parametrize("role", ["", "admin", "OWNER", "1", "owner'--", "مالك", "x" * 10_000])
def test_a_role_nobody_knows_changes_nothing(sign_in, people, role):
    answer = prove(sign_in(people[O])).post(f"{PAGE}{people[H].pk}/role/", {"role": role}, follow=True)
    assert [str(message) for message in answer.context["messages"]][-1:] == [
        "Please choose one of the roles."
    ]
    people[H].refresh_from_db()
    assert people[H].role == H


@pytest.mark.parametrize("number", ["0", "999999999", "9" * 18])
def test_a_member_nobody_has_is_missing(sign_in, owner, number):
    assert prove(sign_in(owner)).post(f"{PAGE}{number}/role/", {"role": "hire"}).status_code == 404


def test_what_the_form_does_not_show_cannot_be_posted(sign_in, people, rival):
    typed = {"name": "New", "email": "new@lumi.example", "role": "hire"}
    more = {
        "company": rival.company_id,
        "user": people[O].user_id,
        "removed_at": "2020-01-01",
        "id": people[O].pk,
    }
    sign_in(people[O]).post(f"{PAGE}invite/", typed | more)
    place = Membership.objects.get(email="new@lumi.example")
    assert (place.company_id, place.user_id, place.removed_at) == (people[O].company_id, None, None)
