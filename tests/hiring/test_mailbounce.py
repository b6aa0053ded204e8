"""Delivery reports (RFC 3464), read in the child process."""

import pytest

from hiring import mailfile
from tests.hiring.letters import report
from tests.hiring.mails import eml, source


def bounce(data: bytes):
    return mailfile.read(data)[0]["bounce"]


def test_a_report_says_whom_it_did_not_reach_and_why_and_which_mail_it_was():
    assert bounce(report(number="<abc@lumi.example>")) == {
        "to": "ada@mail.example",
        "said": "550 5.1.1 User unknown",
        "message_id": "<abc@lumi.example>",
        "final": True,
    }


def test_header_lines_alone_name_the_mail_too():
    assert (
        bounce(report(number="<abc@lumi.example>", kind="text/rfc822-headers"))["message_id"]
        == "<abc@lumi.example>"
    )


@pytest.mark.parametrize(
    ("fields", "said", "final"),
    [
        ({"code": "550 No such user"}, "5.1.1 550 No such user", True),
        ({"action": "delayed", "status": "4.2.2", "code": "452 4.2.2 Full"}, "452 4.2.2 Full", False),
        ({"action": "FAILED", "status": "", "code": ""}, "5.0.0", True),
        ({"action": "", "status": "5.2.2", "code": "x" * 900}, "5.2.2 " + "x" * 294, True),
    ],
)
def test_the_code_stands_in_front_and_later_is_not_never(fields, said, final):
    found = bounce(report(**fields))
    assert (found["said"], found["final"]) == (said, final)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_receipt_of_delivery_is_no_bounce(action):
    assert bounce(report(action=action, status="2.0.0")) is None


def test_an_ordinary_mail_is_none_and_says_which_mail_it_answers():
    said, _files = mailfile.read(
        eml(In_Reply_To="<a@lumi.example>", References="<0@x.example> <a@lumi.example>")
    )
    assert (said["bounce"], said["message_id"]) == (None, "<1@mail.example>")
    assert said["answers"] == ["<a@lumi.example>", "<0@x.example>", "<a@lumi.example>"]


def test_a_broken_report_is_read_as_far_as_it_goes():
    data = source(
        'Content-Type: multipart/report; boundary="b"',
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\n",
    )
    assert bounce(data) == {"to": "", "said": "5.0.0", "message_id": "", "final": False}
