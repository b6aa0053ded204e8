"""Deny by default, fetch and authorise in one step, one page for every link that does not work."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import path
from django.utils import timezone

from accounts import guards, middleware
from accounts.models import Membership, MembershipQuerySet, Role
from accounts.session_store import SessionStore
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db


def asked(membership=None, user=None, method="get"):
    request = getattr(RequestFactory(), method)("/somewhere/")
    request.membership = membership
    request.company = membership.company if membership else None
    request.user = user or (membership.user if membership else AnonymousUser())
    request.session = SessionStore()
    return request


def say(request):
    return HttpResponse("inside")


@pytest.mark.parametrize(
    ("roles", "let_in"),
    [
        ((), {"owner", "manager", "interviewer", "hire"}),
        ((Role.OWNER,), {"owner"}),
        ((Role.OWNER, Role.MANAGER), {"owner", "manager"}),
        ((Role.HIRE,), {"hire"}),
    ],
)
def test_a_guard_lets_in_the_roles_it_names(request, roles, let_in):
    inside = set()
    for name in ("owner", "manager", "interviewer", "hire"):
        try:
            guards.member(*roles)(say)(asked(request.getfixturevalue(name)))
            inside.add(name)
        except PermissionDenied:
            pass
    assert inside == let_in


def test_strangers_go_to_sign_in():
    assert guards.member()(say)(asked()).url == "/accounts/login/?next=/somewhere/"
    assert guards.signed_in(say)(asked()).url == "/accounts/login/?next=/somewhere/"


def test_people_without_company_go_where_that_is_said():
    lost = make_user()
    assert guards.member()(say)(asked(user=lost)).url == "/accounts/no-company/"
    assert guards.signed_in(say)(asked(user=lost)).content == b"inside"


def test_a_guard_keeps_its_view_and_says_whom_it_lets_in():
    assert guards.member(Role.OWNER)(say).access == (Role.OWNER,)
    assert guards.public(lambda request: None).access == "public"
    assert guards.by_link("status")(say).access == "link:status"


def forgotten(request):
    return HttpResponse("nobody thought about this view")


urlpatterns = [
    path("forgotten/", forgotten, name="forgotten"),
    path("thought-of/", guards.public(say), name="thought_of"),
]


class TestDenyByDefault:
    @pytest.fixture(autouse=True)
    def _urls(self, settings):
        settings.ROOT_URLCONF = __name__

    def checked(self, address, view, user):
        request = asked(user=user)
        request.path_info = address
        from django.urls import resolve

        request.resolver_match = resolve(address)
        return middleware.MemberMiddleware(say).process_view(request, view, (), {})

    def test_a_view_without_a_guard_opens_to_nobody(self, owner):
        for user in (AnonymousUser(), owner.user):
            with pytest.raises(PermissionDenied):
                self.checked("/forgotten/", forgotten, user)

    def test_a_view_with_a_guard_decides_itself(self):
        assert self.checked("/thought-of/", urlpatterns[1].callback, AnonymousUser()) is None


def test_every_view_of_ours_has_a_guard():
    from django.urls import get_resolver
    from django.urls.resolvers import URLPattern

    def patterns(resolver, space=""):
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                yield f"{space}{pattern.name}", pattern.callback
            else:
                yield from patterns(pattern, f"{pattern.namespace}:" if pattern.namespace else space)

    open_doors = [
        name
        for name, view in patterns(get_resolver())
        if not hasattr(view, "access") and not name.startswith(middleware.OWN_GUARD)
    ]
    assert open_doors == []


def test_fetch_finds_only_the_own_companys_rows(owner, hire, rival):
    assert guards.fetch(asked(owner), Membership, pk=hire.pk) == hire
    for pk in (rival.pk, 987654321):
        with pytest.raises(Http404):
            guards.fetch(asked(owner), Membership, pk=pk)


def test_fetch_takes_a_queryset_and_keeps_its_filter(owner, hire):
    hire.removed_at = timezone.now()
    hire.save()
    with pytest.raises(Http404):
        guards.fetch(asked(owner), Membership.objects.active(), pk=hire.pk)


def test_fetch_refuses_what_one_may_not_see_in_the_own_company(owner, hire, monkeypatch):
    monkeypatch.setattr(MembershipQuerySet, "visible_to", lambda rows, who: rows.filter(pk=who.pk))
    assert guards.fetch(asked(hire), Membership, pk=hire.pk) == hire
    with pytest.raises(PermissionDenied):
        guards.fetch(asked(hire), Membership, pk=owner.pk)


def test_another_companys_row_is_a_404_even_for_who_would_see_it_there(owner, rival):
    """Olga has a place in both companies; in ours, theirs is not there."""
    make_member(rival.company, Role.OWNER, user=owner.user)
    with pytest.raises(Http404):
        guards.fetch(asked(owner), Membership, pk=rival.pk)


@pytest.mark.parametrize(
    "header", ["Permissions-Policy", "Content-Security-Policy", "X-Content-Type-Options"]
)
@pytest.mark.parametrize("address", ["/", "/nowhere/", "/accounts/team/", "/my/invitation/x/"])
def test_every_answer_carries_its_headers(client, header, address):
    assert client.get(address).headers[header]
