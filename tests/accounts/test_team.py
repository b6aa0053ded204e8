"""The verbs: who may bring whom in, change them, take them out."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import team
from accounts.models import Membership, Role, User
from mailroom.models import Mail
from tests.accounts.post import last_mail
from tests.factories import make_company, make_member, make_user
from vault import links
from vault.models import Link, TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db


def invite(by, role=Role.INTERVIEWER, email="iris@lumi.example", **more):
    return team.invite(company=by.company, email=email, name="Iris", role=role, by=by, **more)


@pytest.mark.parametrize("role", Role)
def test_owners_invite_everybody(owner, role):
    place = invite(owner, role)
    assert (place.role, place.user, place.company) == (role, None, owner.company)


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.HIRE])
def test_managers_invite_interviewers_and_hires(manager, role):
    assert invite(manager, role).role == role


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
def test_managers_invite_nobody_above(manager, role):
    with pytest.raises(PermissionDenied):
        invite(manager, role)
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("who", ["interviewer", "hire"])
def test_others_invite_nobody(request, who):
    with pytest.raises(PermissionDenied):
        invite(request.getfixturevalue(who), Role.HIRE)


def test_nobody_invites_into_another_company(owner, rival):
    with pytest.raises(PermissionDenied):
        team.invite(company=rival.company, email="x@lumi.example", name="X", role=Role.HIRE, by=owner)


def test_the_product_itself_may_invite(company):
    place = team.invite(company=company, email=" Sara@Lumi.example ", name=" Sara ", role=Role.HIRE, by=None)
    assert (place.email, place.name) == ("sara@lumi.example", "Sara")
    assert TrailEntry.objects.get().actor_id is None


def test_one_place_for_one_address(owner, hire):
    with pytest.raises(team.Refused, match="in the team already"):
        invite(owner, email=hire.email.upper())


def test_one_address_may_be_in_two_companies(owner, rival):
    assert invite(owner, email=rival.email).company == owner.company


def test_somebody_removed_may_be_invited_again(owner, hire):
    team.remove(hire, by=owner)
    assert invite(owner, email=hire.email).pk != hire.pk


def test_the_mail_waits_for_its_day_and_its_link_lives_from_then_on(owner):
    day = timezone.now() + timedelta(days=30)
    place = invite(owner, send_at=day)
    assert last_mail(place.email).due_at == day
    assert abs(Link.objects.get().expires_at - day - timedelta(days=14)) < timedelta(minutes=1)
    assert place.invitations.get().expires_at == day + timedelta(days=14)


def test_again_means_a_second_mail_and_two_living_links(owner):
    place = invite(owner)
    team.invite_again(place, by=owner)
    assert Mail.objects.filter(recipient=place.email).count() == 2
    assert Link.objects.filter(subject_id=place.pk, revoked_at=None).count() == 2


def test_nobody_who_is_in_is_invited_again(owner, hire):
    with pytest.raises(team.Refused, match="come in already"):
        team.invite_again(hire, by=owner)


def test_managers_remind_only_whom_they_may_invite(owner, manager):
    boss = invite(owner, Role.MANAGER)
    with pytest.raises(PermissionDenied):
        team.invite_again(boss, by=manager)
    assert Mail.objects.count() == 1


def test_removing_ends_sessions_links_and_unsent_mail(owner, hire):
    links.mint(purpose="feed", subject=("membership", hire.pk), company_id=hire.company_id, days=5)
    team.remove(hire, by=owner)
    hire.refresh_from_db()
    assert hire.removed_at is not None
    assert Link.objects.filter(revoked_at=None).count() == 0
    assert User.objects.get(pk=hire.user_id).session_epoch == 1


def test_taking_an_invitation_back_stops_its_mail(owner):
    place = invite(owner, send_at=timezone.now() + timedelta(days=3))
    team.remove(place, by=owner)
    assert last_mail(place.email).state == State.CANCELLED
    assert place.invitations.get().revoked_at is not None
    assert TrailEntry.objects.filter(action="team.invitation_withdrawn").count() == 1


def test_removing_twice_is_removing_once(owner, hire):
    team.remove(hire, by=owner)
    team.remove(hire, by=owner)
    assert TrailEntry.objects.filter(action="team.removed").count() == 1


def test_managers_take_back_but_do_not_remove(manager, hire):
    team.remove(invite(manager), by=manager)
    with pytest.raises(PermissionDenied):
        team.remove(hire, by=manager)
    assert Membership.objects.get(pk=hire.pk).removed_at is None


def test_other_apps_hear_of_a_removal(owner, hire, monkeypatch):
    told = []
    monkeypatch.setattr(team, "after_removal", [told.append])
    team.remove(hire, by=owner)
    assert told == [hire]


def test_the_last_owner_stays(owner, manager):
    with pytest.raises(team.Refused, match="needs an owner"):
        team.remove(owner, by=owner)
    with pytest.raises(team.Refused, match="needs an owner"):
        team.change_role(owner, to=Role.MANAGER, by=owner)
    owner.refresh_from_db()
    assert (owner.role, owner.removed_at) == (Role.OWNER, None)


def test_an_invited_owner_does_not_count_yet(owner):
    invite(owner, Role.OWNER)
    with pytest.raises(team.Refused):
        team.remove(owner, by=owner)


def test_a_removed_owner_or_anothers_does_not_count(owner, rival):
    second = make_member(owner.company, Role.OWNER)
    team.remove(second, by=owner)
    with pytest.raises(team.Refused):
        team.remove(owner, by=owner)


def test_one_of_two_owners_may_leave(owner):
    second = make_member(owner.company, Role.OWNER)
    team.remove(owner, by=owner)
    assert Membership.objects.in_role(Role.OWNER).get() == second


def test_a_new_role_ends_the_persons_sessions(owner, hire):
    team.change_role(hire, to=Role.MANAGER, by=owner)
    hire.refresh_from_db()
    entry = TrailEntry.objects.get()
    assert (hire.role, hire.user.session_epoch) == (Role.MANAGER, 1)
    assert (entry.action, entry.actor_id, entry.subject_id, entry.fields) == (
        "team.role_changed",
        owner.user_id,
        hire.pk,
        ["role"],
    )


def test_the_same_role_changes_nothing(owner, hire):
    team.change_role(hire, to=Role.HIRE, by=owner)
    assert TrailEntry.objects.count() == 0


@pytest.mark.parametrize("who", ["manager", "interviewer", "hire"])
def test_only_owners_change_roles(request, who, company):
    member = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        team.change_role(member, to=Role.OWNER, by=member)


def test_the_address_follows_the_account(hire, rival):
    elsewhere = make_member(rival.company, Role.HIRE, user=hire.user)
    hire.user.email = "new@lumi.example"
    hire.user.save()
    team.address_changed(None, None, hire.user)
    hire.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (hire.email, elsewhere.email) == ("new@lumi.example", "new@lumi.example")


def test_an_address_somebody_else_has_in_the_team_is_left_alone(owner, hire):
    invite(owner, email="new@lumi.example")
    hire.user.email = "new@lumi.example"
    team.address_changed(None, None, hire.user)
    hire.refresh_from_db()
    assert hire.email == "sara@lumi.example"


def test_the_database_holds_one_place_per_person_and_address(company, hire):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(company=company, role=Role.HIRE, user=hire.user, email="other@lumi.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(company=company, role=Role.HIRE, email=hire.email.upper())


def test_the_database_knows_the_roles(company):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(company=company, role="admin", user=make_user(), email="a@lumi.example")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one():
    """The first one's transaction is held open while the second one tries."""
    company = make_company()
    first, second = make_member(company), make_member(company)
    outcome = []

    def leave():
        try:
            team.remove(second, by=second)
            outcome.append("left")
        except team.Refused:
            outcome.append("refused")
        finally:
            connection.close()

    with transaction.atomic():
        team.remove(first, by=first)
        other = Thread(target=leave)
        other.start()
        other.join(timeout=1)
        assert outcome == []
    other.join(timeout=10)
    assert outcome == ["refused"]
    assert Membership.objects.in_role(Role.OWNER).get() == second
