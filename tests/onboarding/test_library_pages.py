"""The pages of the example library and of the tone."""

import pytest
from django.test import Client
from django.urls import reverse

from onboarding import library, tone
from onboarding.models import Example, Tone
from tests.onboarding.factories import make_onboarding
from tests.onboarding.test_library import CARD, HOSTILE, MASKED, write
from tests.onboarding.test_mine import IDENTITY, page, text

pytestmark = pytest.mark.django_db
POSTED = {
    "situation": "practice_late",
    "topic": "",
    "channel": "chat",
    "language": "fi",
    "message": "M",
    "reply": "R",
}


@pytest.fixture
def olga(owner, sign_in):
    client = sign_in(owner)
    client.get("/")
    return client


@pytest.fixture
def ines(company, owner, hire, interviewer, sign_in):
    """An interviewer who is Sara's buddy."""
    plan = make_onboarding(company, hire, owner)
    plan.buddy = interviewer
    plan.save()
    return sign_in(interviewer)


def send(client, name, code=None, **data):
    return client.post(reverse(f"onboarding:{name}", args=[code] if code else []), data)


def test_the_library_is_never_empty(olga):
    seen = text(page(olga, "examples"))
    assert "The tracking has not moved for four days" in seen
    assert "The parcel is late" in seen


def test_nothing_found_says_so_with_one_button(olga):
    seen = text(olga.get(reverse("onboarding:examples"), {"q": "zebra"}).content.decode())
    assert "No example says that. Show all examples" in seen


def test_a_situation_narrows_and_nonsense_does_not(olga):
    shown = lambda value: olga.get(reverse("onboarding:examples"), {"situation": value}).context["rows"]  # noqa: E731
    assert [row.key for row in shown("practice_angry")] == ["practice_angry"]
    assert len(shown("made_up")) == 5


def test_an_example_is_written_and_read(olga, company):
    answer = send(olga, "add_example", **POSTED | {"why": "Because"})
    row = Example.objects.get()
    assert answer.url == reverse("onboarding:example", args=[row.pk])
    assert (row.situation, row.channel, row.language, row.message, row.reply, row.why) == (
        "practice_late",
        "chat",
        "fi",
        "M",
        "R",
        "Because",
    )
    seen = text(page(olga, "example", code=str(row.pk)))
    assert "The customer writes M We reply Copy R Why like this Because" in seen


def test_what_is_missing_is_said_beside_the_field_and_the_rest_is_kept(olga):
    answer = send(olga, "add_example", **POSTED | {"situation": "", "reply": "", "message": "<b>{{ x }}"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "reply": ["This field is required."],
        "topic": ["Say in a few words what it is about."],
    }
    assert answer.context["form"]["message"].value() == "<b>{{ x }}"
    assert Example.objects.count() == 0


def test_text_is_shown_as_typed(olga, company, owner):
    row = write(company, owner, topic=HOSTILE, message=HOSTILE, reply=HOSTILE, why=HOSTILE)
    as_it_is = Client()
    as_it_is.cookies = olga.cookies
    html = as_it_is.get(reverse("onboarding:example", args=[row.code])).content.decode()
    # Title, heading, three texts, and the version.
    assert html.count("{{ customer.first_name }} {% if x %}&lt;b&gt;\u202eabc") == 6


def test_a_card_number_is_masked_and_that_is_said(olga):
    answer = olga.post(reverse("onboarding:add_example"), POSTED | {"message": CARD}, follow=True)
    assert "A card number in it was made unreadable." in answer.content.decode()
    assert Example.objects.get().message == MASKED


def test_writing_begins_with_the_situation_one_came_from(olga):
    html = olga.get(reverse("onboarding:add_example"), {"situation": "practice_angry"}).content.decode()
    assert '<option value="practice_angry" selected>' in html


def test_one_of_ours_is_changed_under_its_own_address(olga):
    html = olga.get(reverse("onboarding:edit_example", args=["practice_late"])).content.decode()
    assert "the carrier found it yesterday in the wrong depot" in html
    assert send(olga, "edit_example", "practice_late", **POSTED, seen="0").url == reverse(
        "onboarding:example", args=["practice_late"]
    )
    assert "We reply Copy R" in text(page(olga, "example", code="practice_late"))


def test_two_tabs_show_both_and_lose_nothing(olga, company, owner):
    row = write(company, owner)
    send(olga, "edit_example", row.code, **POSTED | {"reply": "First"}, seen="1")
    answer = send(olga, "edit_example", row.code, **POSTED | {"reply": "Second"}, seen="1")
    assert answer.status_code == 409
    assert [(line["mine"], line["theirs"]) for line in answer.context["rows"]] == [("Second", "First")]
    assert Example.objects.get().reply == "First"


def test_earlier_versions_show_what_was_changed(olga, company, owner):
    row = write(company, owner, reply="We change it now")
    library.change(row, by=owner, seen=1, **library.shown(row) | {"reply": "We change it today"})
    html = page(olga, "example", code=row.code)
    assert "We change it <del>now</del><ins>today</ins>" in html
    assert "Version 2 of" in text(html)


def test_put_away_with_undo(olga, company, owner):
    row = write(company, owner)
    answer = olga.post(reverse("onboarding:archive_example", args=[row.code]), follow=True)
    undo = reverse("onboarding:restore_example", args=[row.code])
    assert undo in answer.content.decode()
    assert row.label not in [each.label for each in answer.context["rows"]]
    olga.post(undo)
    assert Example.objects.get().archived_at is None


def test_what_was_put_away_has_a_list_of_its_own(olga, company, owner):
    library.archive(write(company, owner), by=owner)
    answer = olga.get(reverse("onboarding:examples"), {"archived": "1"})
    assert [row.label for row in answer.context["rows"]] == ["Wrong size"]


def test_a_reply_taken_over_warns_until_somebody_looked(olga, company, owner):
    row = library.add_from(company, by=owner, source="draft:1", message="M", reply="Dear Ann")
    ask = "Is a name, an address or an order number left in it?"
    assert ask in text(page(olga, "example", code=row.code))
    send(olga, "example_checked", row.code)
    assert ask not in text(page(olga, "example", code=row.code))


def test_a_buddy_writes_and_a_new_hire_reads(ines, hire, sign_in):
    assert send(ines, "add_example", **POSTED).status_code == 302
    sara = sign_in(hire)
    row = Example.objects.get()
    assert "We reply Copy R" in text(page(sara, "example", code=row.code))
    for name in ("edit_example", "archive_example", "restore_example", "example_checked"):
        assert send(sara, name, row.code, **POSTED).status_code == 403
    assert Example.objects.values_list("reply", "archived_at").get() == ("R", None)


def test_an_interviewer_who_is_nobodys_buddy_stays_outside(company, owner, interviewer, sign_in):
    row, client = write(company, owner), sign_in(interviewer)
    for name, args in (
        ("examples", []),
        ("tone", []),
        ("example", [row.code]),
        ("example", ["practice_late"]),
    ):
        assert client.get(reverse(f"onboarding:{name}", args=args)).status_code == 403


def test_another_companys_example_is_not_there(company, owner, rival, sign_in):
    row, client = write(company, owner), sign_in(rival)
    assert client.get(reverse("onboarding:example", args=[row.code])).status_code == 404
    for name in ("edit_example", "archive_example", "restore_example", "example_checked"):
        assert send(client, name, row.code, **POSTED).status_code == 404


def test_one_of_ours_in_another_company_is_another(company, owner, olga, rival, sign_in):
    send(sign_in(rival), "edit_example", "practice_late", **POSTED | {"reply": "Theirs"}, seen="0")
    assert "Theirs" not in page(olga, "example", code="practice_late")


@pytest.mark.parametrize("code", ["99999999999999999999", "none", "-", "١٢", "practice-late"])
def test_an_address_of_nothing_is_nothing(olga, code):
    assert olga.get(f"/onboarding/examples/{code}/").status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(olga, company, owner, n, django_assert_num_queries):
    for _each in range(n):
        write(company, owner)
    with django_assert_num_queries(IDENTITY + 2):
        page(olga, "examples")


# The tone


def test_the_tone_is_chosen_and_read(olga, hire, sign_in):
    words = {"level": "5", "says": "Thank you", "never": "As per our policy", "sample": "", "seen": "0"}
    assert send(olga, "edit_tone", **words).url == reverse("onboarding:tone")
    seen = text(page(sign_in(hire), "tone"))
    assert "Full of personality This is us Oh no, your parcel took the scenic route!" in seen
    assert "What we say Thank you What we never say As per our policy" in seen


@pytest.mark.parametrize("level", ["", "6", "x"])
def test_a_step_that_is_none_is_refused_and_the_words_are_kept(olga, level):
    answer = send(olga, "edit_tone", level=level, says="Kept", never="", sample="", seen="0")
    assert (answer.status_code, "level" in answer.context["form"].errors) == (422, True)
    assert "Kept</textarea>" in answer.content.decode().replace("\n", "")
    assert Tone.objects.count() == 0


def test_two_people_choosing_are_asked(olga, company, owner):
    tone.change(company, by=owner, seen=0, level=1, says="", never="", sample="")
    answer = send(olga, "edit_tone", level="5", says="", never="", sample="", seen="0")
    assert answer.status_code == 409
    assert tone.of(company).level == 1


def test_a_buddy_reads_the_tone_and_leaves_it(ines):
    assert "Friendly This is us" in text(page(ines, "tone"))
    assert send(ines, "edit_tone", level="5").status_code == 403
