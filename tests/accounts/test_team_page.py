from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import team
from accounts.models import Membership, Role
from mailroom.models import Mail
from tests.factories import PASSWORD, make_member

pytestmark = pytest.mark.django_db
TEAM = "/accounts/team/"
IRIS = {"name": "Iris", "email": "iris@lumi.example", "role": "interviewer"}


@pytest.fixture
def boss(sign_in, owner):
    return sign_in(owner)


def prove(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def page(client, address=TEAM) -> str:
    return client.get(address).content.decode()


def told(client) -> list:
    return [str(message) for message in client.get(TEAM).context["messages"]]


def invited(owner, role=Role.INTERVIEWER):
    return team.invite(company=owner.company, email="iris@lumi.example", name="Iris", role=role, by=owner)


def test_everybody_of_the_company_and_nobody_else(boss, manager, rival):
    gone = make_member(manager.company, Role.HIRE, name="Gone", removed_at=timezone.now())
    shown = page(boss)
    assert "Olga" in shown
    assert "mika@lumi.example" in shown
    assert rival.email not in shown
    assert gone.email not in shown


def test_alone_is_fine_and_says_what_to_do(boss):
    assert "You are alone here, and that is fine." in page(boss)


def test_invitations_show_until_when_they_work(boss, owner):
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        invited(owner)
        shown = page(boss_again(boss))
        assert "the link works until March 15, 2026" in shown


def boss_again(client):
    """The session of the fixture is from another day."""
    session = client.session
    session["began"] = session["seen"] = timezone.now().timestamp()
    session.save()
    return client


def test_old_invitations_say_so(boss, owner):
    place = invited(owner)
    place.invitations.update(expires_at=timezone.now() - timedelta(days=1))
    assert "The link is too old" in page(boss)


@pytest.mark.parametrize("members", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(boss, owner, members, django_assert_num_queries):
    for _ in range(members):
        make_member(owner.company, Role.HIRE)
    page(boss)
    with django_assert_num_queries(4):
        page(boss)


def test_owners_see_what_they_may_do_and_managers_what_they_may(boss, sign_in, owner, manager, hire):
    invited(owner, Role.MANAGER)
    shown = page(boss)
    assert (f"/accounts/team/{hire.pk}/" in shown, "Take back" in shown) == (True, True)
    shown = page(sign_in(manager))
    assert (f"/accounts/team/{hire.pk}/" in shown, "Take back" in shown) == (False, False)


def test_the_page_of_a_member_offers_roles_and_the_way_out(boss, hire):
    shown = page(boss, f"/accounts/team/{hire.pk}/")
    assert "What may Sara do?" in shown
    assert shown.count('type="radio"') == 4
    assert "Remove from the team" in shown


def test_an_owner_without_a_name_is_asked_for_it(boss, owner):
    Membership.objects.filter(pk=owner.pk).update(name="")
    assert "Add your name" in page(boss)


def test_an_invitation_goes_out(boss, company):
    assert boss.post("/accounts/team/invite/", IRIS).url == TEAM
    place = Membership.objects.get(email=IRIS["email"])
    assert (place.company, place.role, place.name) == (company, Role.INTERVIEWER, "Iris")
    assert Mail.objects.filter(recipient=IRIS["email"], company=company).count() == 1
    assert told(boss) == ["The invitation to iris@lumi.example is on its way."]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"email": "olga@lumi.example"}, "email", "This person is in the team already."),
        ({"email": "nobody"}, "email", "Enter a valid email address."),
        ({"name": ""}, "name", "This field is required."),
        ({"role": "king"}, "role", "Select a valid choice. king is not one of the available choices."),
    ],
)
def test_a_refused_invitation_says_why_and_keeps_the_rest(boss, change, field, sentence):
    response = boss.post("/accounts/team/invite/", IRIS | change)
    assert response.context["form"].errors[field] == [sentence]
    assert response.context["form"]["role"].value() == (IRIS | change)["role"]
    assert Mail.objects.count() == 0


@pytest.mark.parametrize("role", ["owner", "manager"])
def test_a_manager_cannot_post_what_the_form_does_not_offer(sign_in, manager, role):
    response = sign_in(manager).post("/accounts/team/invite/", IRIS | {"role": role})
    assert "not one of the available choices" in response.context["form"].errors["role"][0]
    assert Membership.objects.count() == 1


def test_no_other_company_can_be_posted(boss, company, rival):
    more = {"company": rival.company_id, "by": rival.pk, "user": rival.user_id, "removed_at": "2020-01-01"}
    boss.post("/accounts/team/invite/", IRIS | more)
    place = Membership.objects.get(email=IRIS["email"])
    assert (place.company, place.user, place.removed_at) == (company, None, None)


def test_a_mail_can_go_out_again(boss, owner):
    place = invited(owner)
    boss.post(f"/accounts/team/{place.pk}/invite-again/")
    assert Mail.objects.filter(recipient=place.email).count() == 2
    assert told(boss) == ["Iris gets a new mail with a new link."]


def test_a_member_is_removed_after_the_password_was_given_again(boss, hire):
    asked = boss.post(f"/accounts/team/{hire.pk}/remove/")
    assert asked.url.startswith("/accounts/reauthenticate/")
    hire.refresh_from_db()
    assert hire.removed_at is None
    prove(boss).post(f"/accounts/team/{hire.pk}/remove/")
    hire.refresh_from_db()
    assert hire.removed_at is not None
    assert told(boss) == ["Sara is no longer in the team."]


def test_an_invitation_is_taken_back_without_a_password(boss, owner):
    place = invited(owner)
    assert boss.post(f"/accounts/team/{place.pk}/remove/").url == TEAM
    place.refresh_from_db()
    assert place.removed_at is not None


def test_the_last_owner_is_told_why_not(boss, owner):
    prove(boss).post(f"/accounts/team/{owner.pk}/remove/")
    assert told(boss) == ["A shop needs an owner. Make somebody else an owner first."]
    assert Membership.objects.get(pk=owner.pk).removed_at is None


def test_a_role_changes_after_the_password_was_given_again(boss, hire):
    address = f"/accounts/team/{hire.pk}/role/"
    assert boss.post(address, {"role": "manager"}).url.startswith("/accounts/reauthenticate/")
    hire.refresh_from_db()
    assert hire.role == Role.HIRE
    prove(boss)
    assert boss.post(address, {"role": "manager"}).url == TEAM
    hire.refresh_from_db()
    assert hire.role == Role.MANAGER


def test_giving_the_password_does_what_was_asked_for(boss, hire):
    asked = boss.post(f"/accounts/team/{hire.pk}/role/", {"role": "manager"})
    boss.post(asked.url, {"password": PASSWORD, "next": f"/accounts/team/{hire.pk}/role/"})
    hire.refresh_from_db()
    assert hire.role == Role.MANAGER


def test_an_unknown_role_changes_nothing(boss, hire):
    prove(boss).post(f"/accounts/team/{hire.pk}/role/", {"role": "admin", "company": "1", "is_admin": "on"})
    hire.refresh_from_db()
    assert hire.role == Role.HIRE
    assert "Please choose one of the roles." in told(boss)


@pytest.mark.parametrize("act", ["invite-again", "remove", "role"])
def test_members_of_others_are_not_there(boss, rival, act):
    prove(boss)
    theirs = boss.post(f"/accounts/team/{rival.pk}/{act}/", {"role": "hire"})
    nobodys = boss.post(f"/accounts/team/987654321/{act}/", {"role": "hire"})
    assert (theirs.status_code, theirs.content) == (404, nobodys.content)
    rival.refresh_from_db()
    assert (rival.role, rival.removed_at) == (Role.OWNER, None)


def test_removal_ends_what_the_person_has_open(boss, sign_in, hire):
    phone = sign_in(hire)
    assert phone.get("/accounts/me/").status_code == 200
    prove(boss).post(f"/accounts/team/{hire.pk}/remove/")
    assert phone.get("/accounts/me/").status_code == 302
