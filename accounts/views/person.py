"""A member's data: their account, their plan, their own answers."""

from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import person_data
from accounts.guards import fetch, member
from accounts.models import Membership, Role

PAGE = "accounts/member_data.html"


def _person(request, pk) -> person_data.Person:
    place = fetch(request, Membership.objects.all(), pk=pk)
    names = {"page": "member_data", "copy": "member_copy", "take": "member_take", "erase": "member_erase"}
    pages = {key: reverse(f"accounts:{name}", args=[pk]) for key, name in names.items()}
    return person_data.Person(
        kind="member", pk=place.pk, name=str(place), pages=pages | {"back": reverse("accounts:team")}
    )


@member(Role.OWNER)
def data(request, pk):
    person = _person(request, pk)
    if request.method == "POST":
        return person_data.act(request, person, PAGE)
    return person_data.page(request, person, PAGE)


@member(Role.OWNER)
@require_safe
def copy(request, pk):
    return person_data.progress(request, _person(request, pk))


@member(Role.OWNER)
@require_safe
def take(request, pk):
    return person_data.take(request, _person(request, pk))


@member(Role.OWNER)
def erase(request, pk):
    return person_data.erase(request, _person(request, pk), "accounts/member_data_erase.html")
