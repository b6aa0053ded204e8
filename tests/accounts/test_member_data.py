"""A member's data: the owner alone, and nobody is erased whom the shop cannot do without."""

import pytest
from django.urls import reverse

from tests.accounts.test_team_page import prove
from tests.vault import planted
from vault import exports
from vault.models import Erasure, Export

pytestmark = pytest.mark.django_db
ANNA = "qwzanna"


@pytest.fixture
def sara(company, owner):
    return planted.make_newcomer(company, ANNA, owner)


@pytest.fixture
def boss(sign_in, owner):
    return prove(sign_in(owner))


def at(member, name="member_data") -> str:
    return reverse(f"accounts:{name}", args=[member.pk])


def test_the_members_page_leads_to_it(boss, sara):
    assert f'href="{at(sara)}"' in boss.get(reverse("accounts:member", args=[sara.pk])).content.decode()


def test_it_lists_what_is_held(boss, sara):
    shown = boss.get(at(sara)).content.decode()
    for words in (
        f"Data of {ANNA} name",
        "Onboardings",
        "Lead a new colleague through",
        "Questions",
        "People",
    ):
        assert words in shown


def test_a_copy_and_its_download(boss, sara):
    boss.post(at(sara), {"do": "copy"})
    exports.run(Export.objects.get().pk)
    assert at(sara, "member_take") in boss.get(at(sara, "member_copy")).content.decode()
    assert b"PK" in b"".join(boss.get(at(sara, "member_take")))


def test_erased_and_back_at_the_team(boss, sara):
    assert "Erase all this now" in boss.get(at(sara, "member_erase")).content.decode()
    assert boss.post(at(sara, "member_erase")).url == reverse("accounts:team")
    assert planted.found_in_rows(ANNA) == []
    assert ANNA not in boss.get(reverse("accounts:team")).content.decode()


def test_the_last_owner_cannot_be_erased(boss, owner):
    response = boss.post(at(owner, "member_erase"), follow=True)
    assert "A shop needs an owner." in response.content.decode()
    assert Erasure.objects.count() == 0


def test_managers_and_others_see_nothing_of_it(sign_in, manager, rival, sara):
    assert sign_in(manager).get(at(sara)).status_code == 403
    assert sign_in(sara).get(at(sara)).status_code == 403
    assert sign_in(rival).get(at(sara)).status_code == 404
