import pytest

from mailroom import panels
from tests.mailroom.factories import make_mail
from vault.work import State

NO_SUCH = "There is no such address."
pytestmark = pytest.mark.django_db


def test_an_owner_sees_what_did_not_arrive(sign_in, owner, company, rival):
    make_mail(company, subject="Lost", state=State.PARKED, last_error="550 gone")
    make_mail(company, subject="Fine")
    make_mail(rival.company, subject="Foreign", state=State.PARKED)
    text = sign_in(owner).get("/").content.decode()
    assert [word for word in ("Lost", NO_SUCH, "Fine", "Foreign") if word in text] == ["Lost", NO_SUCH]
    assert "csrfmiddlewaretoken" in text  # the button works: the panel got its token


def test_nobody_else_is_bothered(manager, interviewer, hire, company):
    make_mail(company, state=State.PARKED)
    assert [panels.for_member(m) for m in (manager, interviewer, hire)] == [[], [], []]


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query(owner, company, rows, django_assert_num_queries):
    for _ in range(rows):
        make_mail(company, state=State.PARKED)
    with django_assert_num_queries(1):
        assert len(panels.for_member(owner)[0].context["mails"]) == rows


def test_many_are_shown_in_part(owner, company):
    for _ in range(6):
        make_mail(company, state=State.PARKED)
    panel = panels.for_member(owner)[0]
    assert (len(panel.context["mails"]), panel.context["more"]) == (5, True)


def test_nothing_lost_is_no_panel(owner):
    assert panels.for_member(owner) == []
