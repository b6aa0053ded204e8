"""Why a mail did not arrive, in plain words, and the right address for it."""

import pytest

from accounts.models import Role
from hiring.models import Application
from mailroom import corrections, reasons
from mailroom.models import Mail
from tests.factories import make_member
from tests.hiring.factories import make_application, make_job
from tests.mailroom.factories import make_mail
from vault import folding
from vault.models import TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db
NO_SUCH = "550 5.1.1 no such reader"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (NO_SUCH, "unknown"),
        ("550 mailbox unavailable", "unknown"),
        ("553 sorry, that domain isn't in my list", "unknown"),
        ("550 5.4.1 Recipient address rejected: Access denied", "refused"),
        ("550 5.7.1 blocked using a list", "refused"),
        ("554 delivery error: message looks like spam", "refused"),
        ("571 go away", "refused"),
        ("552 5.2.2 mailbox full", "full"),
        ("452 4.2.2 The email account is over quota", "full"),
        ("552 5.3.4 message size exceeds fixed limit", "large"),
        ("SMTPAuthenticationError: (535, b'bad credentials')", "locked_out"),
        ("530 5.7.0 Authentication required", "locked_out"),
        ("ConnectionRefusedError: [Errno 111] Connection refused", "away"),
        ("TimeoutError: timed out", "away"),
        ("gaierror: [Errno -2] Name or service not known", "away"),
        ("421 service not available", "away"),
        ("451 4.7.1 greylisted, try again later", "later"),
        ("ZeroDivisionError", "other"),
        ("", "other"),
    ],
)
def test_what_a_server_said_in_plain_words(said, code):
    assert reasons.why(said).code == code


def test_every_reason_says_why_and_what_to_do():
    every = [value for value in vars(reasons).values() if isinstance(value, reasons.Reason)]
    assert len({(str(reason.why)) for reason in every}) == len(every) == 9
    assert [reason.code for reason in every if reason.address] == ["unknown", "full"]


@pytest.fixture
def application(company, owner):
    return make_application(make_job(company, members=[owner]), name="Ann", email="an@mail.example")


@pytest.fixture
def lost(company, application):
    """The receipt that went to a mistyped address."""
    about = {"about_kind": "application", "about_id": application.pk}
    return make_mail(
        company, to=application.email, state=State.PARKED, last_error=NO_SUCH, subject="Arrived", **about
    )


def address(mail) -> str:
    return f"/mail/{mail.pk}/address/"


def test_the_home_page_says_why_and_what_to_do(sign_in, owner, lost):
    page = sign_in(owner).get("/").content.decode()
    assert "There is no such address. Correct it, or ask the person for the right one." in page
    assert f'href="{address(lost)}"' in page


def test_where_no_app_holds_the_address_it_can_only_be_tried_again(sign_in, owner, company):
    mail = make_mail(company, state=State.PARKED, last_error=NO_SUCH)
    page = sign_in(owner).get("/").content.decode()
    assert (address(mail) in page, f"/mail/{mail.pk}/retry/" in page) == (False, True)
    assert sign_in(owner).post(address(mail), {"email": "new@mail.example"}).url == f"/mail/{mail.pk}/"
    mail.refresh_from_db()
    assert mail.state == State.PARKED


def test_another_address_does_not_help_against_a_dead_server(sign_in, owner, lost):
    Mail.objects.update(last_error="TimeoutError: timed out")
    page = sign_in(owner).get("/").content.decode()
    assert ("The mail server did not answer." in page, address(lost) in page) == (True, False)


def test_the_right_address_is_kept_with_the_person_and_on_the_mail(sign_in, owner, lost, application, parsed):
    before = parsed(lost)
    assert sign_in(owner).post(address(lost), {"email": "ann@mail.example"}).url == f"/mail/{lost.pk}/"
    row, application = Mail.objects.get(pk=lost.pk), Application.objects.get()
    assert (row.recipient, row.state, row.tries, row.last_error) == ("ann@mail.example", State.WAITING, 0, "")
    assert application.email == "ann@mail.example"
    after = parsed(row)
    assert (after["To"], after["Message-ID"]) == ("ann@mail.example", before["Message-ID"])
    for kind in ("plain", "html"):
        assert after.get_body((kind,)).get_content() == before.get_body((kind,)).get_content()


def test_the_person_is_found_by_the_right_address(owner, lost, application):
    corrections.correct(lost, email="ann@mail.example", by=owner)
    application.refresh_from_db()
    assert application.search == folding.fold(f"Ann ann@mail.example {application.phone}")


def test_the_trail_says_that_and_not_what(owner, lost):
    corrections.correct(lost, email="ann@mail.example", by=owner)
    lines = TrailEntry.objects.order_by("pk").values_list("action", "fields", "actor_id")
    ours = [line for line in lines if "address" in line[0]]
    assert ours == [
        ("application.address_corrected", ["email"], owner.user_id),
        ("mail.readdressed", ["recipient"], owner.user_id),
    ]


@pytest.mark.parametrize(
    "email",
    ["", "ann", "a@b.example, c@d.example", "a@b.example\nBcc: x@y.example", "x" * 300 + "@b.example"],
)
def test_what_is_no_address_changes_nothing(sign_in, owner, lost, email):
    response = sign_in(owner).post(address(lost), {"email": email})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["email"])
    lost.refresh_from_db()
    assert (lost.state, lost.recipient, Application.objects.get().email) == (
        State.PARKED,
        "an@mail.example",
        "an@mail.example",
    )


def test_twice_is_once(owner, lost):
    corrections.correct(lost, email="ann@mail.example", by=owner)
    with pytest.raises(corrections.TooLate):
        corrections.correct(lost, email="other@mail.example", by=owner)
    assert Mail.objects.get(pk=lost.pk).recipient == "ann@mail.example"


def test_a_person_who_is_gone_or_a_text_that_is_gone(owner, lost, application):
    Mail.objects.filter(pk=lost.pk).update(about_id=987654321)
    with pytest.raises(corrections.TooLate):
        corrections.correct(lost, email="ann@mail.example", by=owner)
    Mail.objects.filter(pk=lost.pk).update(about_id=application.pk, body=None)
    with pytest.raises(corrections.TooLate):
        corrections.correct(lost, email="ann@mail.example", by=owner)
    assert Application.objects.get().email == "an@mail.example"


def test_looking_at_the_form_changes_nothing(sign_in, owner, lost):
    page = sign_in(owner).get(address(lost)).content.decode()
    lost.refresh_from_db()
    assert ('value="an@mail.example"' in page, lost.state) == (True, State.PARKED)


def test_nobody_but_an_owner_of_this_shop(sign_in, lost, manager, rival, company):
    another = make_member(company, Role.OWNER)
    answers = {
        who: sign_in(member).post(address(lost), {"email": "x@mail.example"}).status_code
        for who, member in {"manager": manager, "rival": rival, "owner": another}.items()
    }
    assert answers == {"manager": 403, "rival": 404, "owner": 302}
