"""Whoever runs the installation opens an account whose second factor is lost."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from tests.accounts.keys import make_key
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


def test_every_factor_goes_and_the_trail_says_so(owner, sign_in):
    client = sign_in(owner)
    make_key(owner.user)
    call_command("reset_second_factor", owner.email.upper())
    assert not Authenticator.objects.filter(user=owner.user).exists()
    assert client.get("/accounts/me/").status_code == 302
    entry = TrailEntry.objects.get(action="team.factor_reset")
    assert (entry.company_id, entry.actor_id) == (owner.company_id, None)


def test_somebody_elses_stays(owner, manager):
    make_key(owner.user)
    key = make_key(manager.user)
    call_command("reset_second_factor", owner.email)
    assert list(Authenticator.objects.all()) == [key]


@pytest.mark.parametrize(
    ("email", "why"), [("nobody@lumi.example", "no account"), ("olga@lumi.example", "no second factor")]
)
def test_nothing_to_do_is_said(owner, email, why):
    with pytest.raises(CommandError, match=why):
        call_command("reset_second_factor", email)
