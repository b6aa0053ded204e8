import pytest
from django.utils import translation

from mailroom.compose import one_line

pytestmark = pytest.mark.django_db


def test_the_language_is_the_readers(post, parsed):
    with translation.override("fi"):
        assert parsed(post(language="en"))["Subject"] == "Home: Ann"


def test_the_company_speaks_when_nobody_said(post, company):
    company.language = "ar"
    row = post(language="")
    assert row.language == "ar"
    assert b'dir="rtl"' in row.body


def test_typed_values_are_values(post, parsed):
    typed = "{{ company.pk }}{% now 'Y' %}<script>x</script>&"
    message = parsed(post(context={"name": typed}))
    html = message.get_body(("html",)).get_content()
    assert "{{ company.pk }}{% now &#x27;Y&#x27; %}&lt;script&gt;x&lt;/script&gt;&amp;" in html
    assert typed in message.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    "name", ["Ann\r\nBcc: eve@evil.example", "Ann\nX: y", "A\u2028B", "A\x00B", "\u202eAnn"]
)
def test_a_subject_is_one_line(post, parsed, name):
    row = post(context={"name": name})
    assert row.subject == f"Home: {one_line(name)}"
    assert "\n" not in row.subject
    assert parsed(row)["Bcc"] is None
    assert parsed(row)["X"] is None


def test_a_shop_name_cannot_add_a_header(post, parsed, company):
    company.name = 'Lumi\r\nBcc: eve@evil.example <x@y.example>, "'
    message = parsed(post())
    assert message["Bcc"] is None
    assert [a.addr_spec for a in message["From"].addresses] == ["post@localhost"]


@pytest.mark.parametrize("to", ["a@b.example\nBcc: x@y.example", "a@b.example, c@d.example", "nobody", ""])
def test_more_than_one_plain_address_is_refused(post, to):
    with pytest.raises(ValueError, match="not a mail address"):
        post(to=to)
    with pytest.raises(ValueError, match="not a mail address"):
        post(reply_to=to or "x")


@pytest.mark.parametrize("name", ["王小明", "سارة العلي", "Łukasz Żółć", "👩🏽‍💼", "x" * 400])
def test_names_of_the_world_arrive_whole(post, parsed, name):
    row = post(context={"name": name})
    assert parsed(row)["Subject"] == f"Home: {name}"[:300]
    assert name in parsed(row).get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_without_a_page_of_its_own_the_text_is_laid_out(post, parsed, settings):
    message = parsed(post(message="test_plain", context={"name": "<b> http://evil.example/x"}))
    html = message.get_body(("html",)).get_content()
    link = f"{settings.SITE_URL}/my/status/abc/"
    assert f'href="{link}"' in html
    assert "&lt;b&gt; http://evil.example/x" in html
    assert 'href="http://evil' not in html


def test_a_missing_text_is_a_bug_that_says_so(post):
    from django.template import TemplateDoesNotExist

    with pytest.raises(TemplateDoesNotExist, match="no_such"):
        post(message="no_such")


def test_attachments_travel_along(post, parsed):
    row = post(attachments=[("invite.ics", b"BEGIN:VCALENDAR", "text/calendar")])
    assert [part.get_filename() for part in parsed(row).iter_attachments()] == ["invite.ics"]


# -- a calendar message

INVITE = "BEGIN:VCALENDAR\r\nSUMMARY:محمد 😀 \r\n  folded\r\nEND:VCALENDAR\r\n".encode()


def invited(post, method="REQUEST"):
    return post(attachments=[("interview.ics", INVITE, f"text/calendar; method={method}")])


def test_a_calendar_message_is_a_third_way_to_read_it(post, parsed):
    message = parsed(invited(post))
    body, _file = message.iter_parts()
    kinds = [part.get_content_type() for part in body.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_it_says_its_method_and_its_letters(post, parsed, method):
    body, _file = parsed(invited(post, method)).iter_parts()
    part = list(body.iter_parts())[-1]
    assert dict(part.get_params()) == {"text/calendar": "", "method": method, "charset": "utf-8"}
    assert part.get_payload(decode=True) == INVITE


def test_it_is_a_file_too_whose_bytes_nothing_changes(post, parsed):
    (file,) = parsed(invited(post)).iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("interview.ics", "application/ics")
    assert file["Content-Transfer-Encoding"] == "base64"
    assert file.get_content() == INVITE


def test_a_calendar_that_is_no_message_stays_a_file(post, parsed):
    message = parsed(post(attachments=[("all.ics", INVITE, "text/calendar")]))
    body, _file = message.iter_parts()
    assert [part.get_content_type() for part in body.iter_parts()] == ["text/plain", "text/html"]


def test_without_a_calendar_there_is_no_third_way(post, parsed):
    kinds = [part.get_content_type() for part in parsed(post()).iter_parts()]
    assert kinds == ["text/plain", "text/html"]
