"""The shop's own words for what it writes often: over ours, by language and version, and refused where wrong."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from hiring import applying, message_templates, offers, talks
from hiring.models import MessageText, Stage
from mailroom.compose import compose
from mailroom.delivery import text_of
from mailroom.models import Mail
from tests.hiring.acts import deliver, put, refuse, text
from tests.hiring.booked import offered
from tests.hiring.factories import bring, make_application, make_job, make_offer
from vault.models import Link, TrailEntry

pytestmark = pytest.mark.django_db
IDENTITY = 3
TALK = {"starts_at": timezone.now() + timedelta(days=3), "minutes": 30, "kind": "onsite", "place": "Quay 1"}


@pytest.fixture
def ada(company, manager):
    return make_application(make_job(company, members=[manager]), name="Ada Lind", email="ada@mail.example")


def url(kind="delay", language="en", name="message_text"):
    return reverse(f"hiring:{name}", args=[kind, language])


def save(by, kind="delay", language="en", subject="Hi {name}", words="Soon, {sender}", seen=0):
    return message_templates.save(
        by.company, kind=kind, language=language, subject=subject, text=words, by=by, seen=seen
    )


def post(client, seen=0, kind="delay", **data):
    return client.post(url(kind), {"subject": "Hi {name}", "text": "Soon", "seen": seen, **data})


# -- ours


@pytest.mark.parametrize("kind", message_templates.KINDS)
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_our_words_hold_only_names_of_the_list(kind, language):
    subject, words = message_templates.shipped(kind, language)
    names = message_templates.KINDS[kind].names
    assert message_templates.placeholders.unknown(subject + words, names) == []
    assert message_templates.KINDS[kind].needs <= message_templates.placeholders.used(words)
    assert ("%(" in subject + words, "{name}" in words) == (False, True)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_our_refusal_is_word_for_word_what_leaves(ada, language):
    subject, words = message_templates.shipped("not_selected_cv", language)
    context = {"name": ada.name, "job_title": ada.job.title}
    sent = compose(
        message="not_selected", to=ada.email, company=ada.job.company, language=language, context=context
    )
    given = message_templates.values(ada, sender="")
    assert sent.body.split() == message_templates.placeholders.fill(words, given).split()
    assert sent.subject == message_templates.placeholders.fill_line(subject, given)


def test_our_receipt_is_what_leaves(ada):
    applying.send_receipt(ada)
    _subject, words = message_templates.shipped("received", "en")
    for paragraph in words.replace("{name}", "Ada Lind").split("\n\n")[:2]:
        filled = paragraph.replace("{job}", "Support person").replace("{shop}", "Lumi")
        assert filled in text_of(Mail.objects.get())


def test_while_there_are_no_words_of_its_own_the_reader_s_language_speaks(company):
    assert message_templates.words(company.pk, "delay", "fi") == message_templates.shipped("delay", "fi")
    with translation.override("fi"):
        assert message_templates.words(company.pk, "delay", "en") == message_templates.shipped("delay", "en")


# -- the shop's


def test_the_shop_s_words_leave_in_a_refusal_of_that_stage_and_language(ada, owner):
    save(owner, "not_selected_cv", subject="About {job}", words="Dear {name}, no. {sender}")
    save(owner, "not_selected_phone", words="After the call")
    save(owner, "not_selected_cv", "fi", words="Ei")
    refuse(ada, owner)
    row = Mail.objects.get(message="not_selected")
    assert (row.subject, text_of(row).strip()) == ("About Support person", "Dear Ada Lind, no. Olga")


def test_after_the_interview_other_words_leave(ada, owner):
    bring(ada, "references", owner)
    save(owner, "not_selected_interview", words="It was close")
    refuse(ada, owner)
    assert text_of(Mail.objects.get(message="not_selected")).strip() == "It was close"


def test_a_refusal_makes_a_link_only_where_its_words_hold_one(ada, owner):
    save(owner, "not_selected_cv", words="Hello {name}")
    refuse(ada, owner)
    assert Link.objects.count() == 0
    other = make_application(ada.job)
    save(owner, "not_selected_cv", words="See {status_link}", seen=1)
    refuse(other, owner)
    assert (Link.objects.count(), "/my/status/" in text_of(Mail.objects.latest("pk"))) == (1, True)


def test_the_shop_s_receipt_holds_a_link_that_opens(ada, owner, client):
    save(owner, "received", words="Got it, {name}: {status_link}")
    applying.send_receipt(ada)
    address = text_of(Mail.objects.get()).split()[-1]
    assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200


def test_a_name_like_a_placeholder_or_a_template_stays_a_name(ada, owner):
    type(ada).objects.update(name="{job} {% now %} {{ company }}")
    ada.refresh_from_db()
    save(owner, "not_selected_cv", subject="{name}", words="Hello {name}")
    refuse(ada, owner)
    row = Mail.objects.get(message="not_selected")
    assert row.subject == "{job} {% now %} {{ company }}"
    assert text_of(row).strip() == "Hello {job} {% now %} {{ company }}"


class TestLettersWithAFactInThem:
    """What leaves by itself and holds a link, a time or a last day of its own."""

    def test_the_link_to_choose_a_time(self, ada, owner, client):
        put(ada, Stage.PHONE)
        save(owner, "choose_time", subject="A call, {name}?", words="{details}\n\nUntil {until}: {link}")
        offered(ada, owner)
        row = Mail.objects.get(message="booking_choose")
        said = text_of(row).splitlines()
        assert (row.subject, said[:2]) == ("A call, Ada Lind?", ["How long: 20 minutes", "How: Phone call"])
        assert client.get(text_of(row).split()[-1].removeprefix(settings.SITE_URL)).status_code == 200

    def test_an_agreed_time(self, ada, owner):
        save(owner, "invitation", subject="See you", words="Dear {name},\n{details}")
        talks.plan(ada, by=owner, values=TALK, invite=True)
        row = Mail.objects.get(message="interview_invitation")
        assert row.subject == "See you"
        assert [line.split(":")[0] for line in text_of(row).strip().splitlines()] == [
            "Dear Ada Lind,", "When", "How long", "How", "With", "Where",
        ]  # fmt: skip

    def test_one_that_was_moved_says_so_in_our_words(self, ada, owner):
        save(owner, "invitation", subject="See you", words="{details}")
        talk = talks.plan(ada, by=owner, values=TALK, invite=True)
        deliver("interview_invitation")
        talks.move(talk, by=owner, values=TALK | {"minutes": 45})
        assert Mail.objects.latest("pk").subject.startswith("New time:")

    def test_the_offer(self, ada, owner):
        put(ada, Stage.OFFER)
        save(owner, "offer_letter", subject="Yes!", words="Sign until {until} on {link}")
        offers.send(make_offer(ada, owner), by=owner)
        row = Mail.objects.get(message="offer")
        assert (row.subject, "/my/offer/" in text_of(row), "{" in text_of(row)) == ("Yes!", True, False)

    @pytest.mark.parametrize("kind", [key for key, kind in message_templates.KINDS.items() if kind.more])
    def test_is_not_saved_without_what_it_is_about(self, kind, owner, sign_in):
        page = post(sign_in(owner), kind=kind, text="Hello {name}")
        assert (page.status_code, "Put {" in text(page)) == (422, True)

    @pytest.mark.parametrize("name", ["link", "details", "until"])
    def test_other_messages_do_not_know_these_names(self, name, owner, sign_in):
        page = post(sign_in(owner), text=f"Hello {{{name}}}")
        assert (page.status_code, f"{{{name}}} is not known here" in text(page)) == (422, True)

    @pytest.mark.parametrize("kind", [key for key, kind in message_templates.KINDS.items() if kind.more])
    def test_the_preview_puts_something_in_for_each(self, kind, owner, sign_in):
        page = sign_in(owner).get(url(kind))
        assert page.context["preview"]["text"].count("{") == 0


def test_another_shop_s_words_are_not_ours(ada, owner, rival):
    save(rival, "not_selected_cv", words="Theirs")
    refuse(ada, owner)
    assert "Theirs" not in text_of(Mail.objects.get(message="not_selected"))


# -- saving


def test_saving_makes_a_version_and_a_line_of_the_trail(owner, sign_in):
    assert post(sign_in(owner)).status_code == 302
    row = MessageText.objects.get()
    assert (row.version, row.subject, row.text, row.by) == (1, "Hi {name}", "Soon", owner)
    entry = TrailEntry.objects.get(action="message.text_changed")
    assert (entry.actor_id, entry.subject_id) == (owner.user_id, row.pk)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Hello {nmae}", "{nmae} is not known here. Did you mean {name}?"),
        (
            "{salary}",
            "{salary} is not known here. These are: {name}, {job}, {shop}, {sender}, {status_link}.",
        ),
        ("", "This field is required."),
        ("x" * 5_001, "at most 5000 characters"),
    ],
)
def test_wrong_words_are_refused_beside_the_field_and_kept(owner, sign_in, words, said):
    response = post(sign_in(owner), text=words)
    assert (response.status_code, MessageText.objects.count()) == (422, 0)
    assert (said in text(response), words in text(response)) == (True, True)


def test_a_receipt_without_its_link_is_refused(owner, sign_in):
    client = sign_in(owner)
    refused = post(client, kind="received", text="Thanks")
    assert (refused.status_code, "Put {status_link} somewhere" in text(refused)) == (422, True)
    assert post(client, kind="received", text="Thanks {status_link}").status_code == 302


def test_our_own_words_saved_unchanged_stay_ours(owner, sign_in):
    subject, words = message_templates.shipped("delay", "en")
    post(sign_in(owner), subject=subject, text=words)
    assert MessageText.objects.get().is_own is False


def test_whoever_saved_meanwhile_is_not_overwritten(owner, manager, sign_in):
    save(manager, words="Mika's")
    response = post(sign_in(owner))
    assert (response.status_code, "Mika&#x27;s" in text(response)) == (409, True)
    assert post(sign_in(owner), seen=1).status_code == 302


def test_going_back_to_ours_and_to_an_earlier_version_are_versions_too(owner, sign_in):
    save(owner, words="First")
    save(owner, words="Second", seen=1)
    client = sign_in(owner)
    back = url(name="message_text_back")
    assert client.post(back, {"version": 1, "seen": 2}).status_code == 302
    assert message_templates.words(owner.company_id, "delay", "en")[1] == "First"
    client.post(back, {"version": 0, "seen": 3})
    assert message_templates.words(owner.company_id, "delay", "en") == message_templates.shipped(
        "delay", "en"
    )
    assert MessageText.objects.count() == 4


def test_undo_brings_the_words_before_back_unless_somebody_saved_since(owner, sign_in):
    client = sign_in(owner)
    post(client)
    undo = f"{url(name='message_text_back')}?version=0&seen=1"
    assert undo in text(client.get(url())).replace("&amp;", "&")
    save(owner, words="Newer", seen=1)
    assert "Nothing was changed" in text(client.post(undo, follow=True))
    assert message_templates.words(owner.company_id, "delay", "en")[1] == "Newer"


@pytest.mark.parametrize("version", ["9", "x", "", "-1", "9" * 12])
def test_a_version_that_is_not_there_is_not_found(owner, sign_in, version):
    response = sign_in(owner).post(url(name="message_text_back"), {"version": version, "seen": 0})
    assert response.status_code == 404


@pytest.mark.parametrize(
    "address", [url("nothing"), url(language="xx"), url("nothing", name="message_text_back")]
)
def test_what_is_no_kind_or_language_is_not_found(owner, sign_in, address):
    assert sign_in(owner).post(address, {"version": 0, "seen": 0}).status_code == 404


# -- the pages


def test_the_preview_is_of_the_newest_applicant_whose_name_may_be_seen(ada, owner, sign_in):
    make_application(make_job(owner.company, hide_names=True), name="Bo Hidden")
    response = post(sign_in(owner), preview="1")
    assert ("As Ada Lind would read it" in text(response), "Hi Ada Lind" in text(response)) == (True, True)
    assert (MessageText.objects.count(), "Bo Hidden" in text(response)) == (0, False)


def test_without_applicants_the_preview_is_of_somebody_invented(owner, sign_in):
    assert "As an invented applicant would read it" in text(sign_in(owner).get(url()))


def test_a_manager_previews_with_people_of_their_jobs_only(company, ada, manager, sign_in):
    make_application(make_job(company), name="Carla Elsewhere")
    shown = text(sign_in(manager).get(url()))
    assert ("Ada Lind" in shown, "Carla" in shown) == (True, False)


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_and_a_text_cost_the_same_for_many_versions(owner, sign_in, django_assert_num_queries, n):
    for seen in range(n):
        save(owner, seen=seen)
    client = sign_in(owner)
    client.get(url())
    with django_assert_num_queries(IDENTITY + 1):
        shown = text(client.get(reverse("hiring:message_texts")))
    assert shown.count("Your words") == 1
    with django_assert_num_queries(IDENTITY + 4):
        client.get(url())


def test_an_interviewer_has_no_business_here(interviewer, sign_in):
    assert sign_in(interviewer).get(url()).status_code == 403
