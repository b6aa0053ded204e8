"""A backup brings a closed shop back; the list of the erased takes it away again, and nobody else."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts import closing
from accounts.models import Company, User
from tests.factories import make_company
from vault import erased_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(owner, on_commit):
    """A shop that was erased; its row as a backup would bring it back."""
    shop = owner.company
    Company.objects.filter(pk=shop.pk).update(closes_at=timezone.now())
    row = Company.objects.values().get(pk=shop.pk)
    with on_commit():
        assert closing.erase_due() == 1
    return row


def test_the_list_knows_the_shop_and_names_nothing(closed, settings):
    (line,) = settings.ERASED_LIST.read_text().splitlines()
    assert line.split()[1] == "shop"
    assert "Lumi" not in line


def test_a_shop_that_comes_back_goes_again(closed, capsys):
    Company.objects.create(**closed | {"closes_at": None})
    call_command("reapply_erasures")
    assert "1 closed shops erased again" in capsys.readouterr().out
    assert not Company.objects.filter(pk=closed["id"]).exists()


def test_a_new_shop_with_the_number_of_an_erased_one_stays(closed):
    later = closed["created_at"] + timedelta(days=1)
    Company.objects.create(**closed | {"closes_at": None, "created_at": later})
    call_command("reapply_erasures")
    assert Company.objects.filter(pk=closed["id"]).exists()


def test_other_shops_stay(closed, rival):
    call_command("reapply_erasures")
    assert Company.objects.filter(pk=rival.company_id).exists()
    assert User.objects.filter(pk=rival.user_id).exists()


def test_a_shop_that_was_kept_open_is_on_no_list(owner, on_commit):
    with on_commit():
        closing.ask(owner.company, by=owner)
        closing.keep_open(owner.company, by=owner)
        assert closing.erase_due() == 0
    assert erased_list.read() == set()


def test_twice_is_once(closed):
    Company.objects.create(**closed | {"closes_at": None})
    assert closing.erase_again(erased_list.read()) == 1
    assert closing.erase_again(erased_list.read()) == 0


def test_nothing_is_noted_for_what_was_rolled_back(owner):
    make_company()
    Company.objects.filter(pk=owner.company_id).update(closes_at=timezone.now())
    closing.erase_due()  # the test's transaction never commits
    assert erased_list.read() == set()
