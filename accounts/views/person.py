"""A person's data: the four pages, the same for members and for whoever another app holds data of."""

from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import person_data
from accounts.guards import fetch, member
from accounts.models import Membership, Role


def pages_of(person_of, template, *, readers=(Role.OWNER,)):
    """The views (data, copy, take, erase) of the person that `person_of(request, pk)` fetches, with the right to it.

    `readers` see what is held; a copy is taken, and everything erased, by owners alone.
    """

    @member(*readers)
    def data(request, pk):
        person = person_of(request, pk)
        answer = person_data.act if request.method == "POST" else person_data.page
        return answer(request, person, template)

    @member(Role.OWNER)
    @require_safe
    def copy(request, pk):
        return person_data.progress(request, person_of(request, pk))

    @member(Role.OWNER)
    @require_safe
    def take(request, pk):
        return person_data.take(request, person_of(request, pk))

    @member(Role.OWNER)
    def erase(request, pk):
        return person_data.erase(request, person_of(request, pk), "accounts/person_erase.html")

    return data, copy, take, erase


def _person(request, pk) -> person_data.Person:
    """A member: their account, their plan, their own answers."""
    place = fetch(request, Membership.objects.all(), pk=pk)
    names = {"page": "member_data", "copy": "member_copy", "take": "member_take", "erase": "member_erase"}
    pages = {key: reverse(f"accounts:{name}", args=[pk]) for key, name in names.items()}
    return person_data.Person(
        kind="member", pk=place.pk, name=str(place), pages=pages | {"back": reverse("accounts:team")}
    )


data, copy, take, erase = pages_of(_person, "accounts/member_data.html")
