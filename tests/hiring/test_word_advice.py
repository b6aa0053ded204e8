"""Beside each field of the editor: words that keep people away, what is needed, what pay and place mean."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from hiring import adverts, questions, requirements, word_advice
from hiring.job_forms import Editor
from hiring.models import Job
from tests.hiring.adverts import address, make_draft, make_published, typed
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
SENTENCE = "These words often keep people away or are not allowed in some countries. Your choice."
NEVER = "Never ask about family, health, age, faith or origin."


def url(name, job):
    return reverse(f"hiring:{name}", args=[job.pk])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def draft(owner):
    return make_draft(owner)


def said(response) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def words(job):
    return {
        code: [word.word for word in box.words] for code, box in Editor(job).advice().items() if box.words
    }


def test_what_we_write_ourselves_is_never_advised_against(draft):
    assert words(draft) == {}


@pytest.mark.parametrize("name", word_advice.TEXTS)
def test_every_text_that_applicants_read_is_looked_at(owner, name):
    assert words(make_draft(owner, **{name: "A rockstar"})) == {name: ["rockstar"]}


@pytest.mark.parametrize("name", ["good_at", "also_helps"])
def test_what_is_for_oneself_is_not(owner, name):
    assert words(make_draft(owner, **{name: "A rockstar"})) == {}


def test_own_requirements_and_questions_are(draft, owner):
    row = requirements.add(draft, text="Young at heart", by=owner)
    asked = questions.add(draft, text="How old are you?", by=owner)
    assert words(draft) == {f"r{row.pk}": ["Young at heart"], f"q{asked.pk}": ["How old"]}


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("How old are you?", True),
        ("Do you smoke?", True),
        ("Are you a wizard?", False),
        ("Which tea?", False),
    ],
)
def test_what_nobody_may_ask_gets_the_stronger_sentence(draft, owner, text, strong):
    row = questions.add(draft, text=text, by=owner)
    assert (NEVER in Editor(draft).advice()[f"q{row.pk}"].warning) == strong


def test_the_advert_is_read_in_its_own_language(owner):
    assert words(make_draft(owner, language="fi", why_us="Nuorekas tiimi, fit")) == {"why_us": ["Nuorekas"]}


# -- on the page


def test_the_page_says_why_and_what_instead(boss, owner):
    page = said(boss.get(url("job_edit", make_draft(owner, why_us="A salesman"))))
    assert SENTENCE in page
    assert "Can be read as: only one sex is meant. Instead: salesperson." in page
    assert "Words to look at: salesman" in page


def test_it_comes_while_one_types_and_goes_again(boss, draft):
    shown = [
        SENTENCE in said(boss.post(url("job_preview", draft), typed(draft, why_us=text)))
        for text in ("A rockstar", "A person")
    ]
    assert shown == [True, False]


def test_it_never_blocks(boss, owner):
    job = make_draft(owner, about_company="Rockstars only", pay_min=12)
    boss.post(url("job_publish", job), {"do": "publish"})
    assert Job.objects.get(pk=job.pk).status == "open"


def test_a_question_says_never_to_ask_it(boss, draft, owner):
    questions.add(draft, text="Do you have children?", by=owner)
    assert NEVER in said(boss.get(url("job_edit", draft)))


def test_markup_in_a_word_is_not_live(boss, owner):
    page = boss.get(
        url("job_edit", make_draft(owner, why_us="<b>rockstar</b><script>1</script>"))
    ).content.decode()
    assert "<b>rockstar" not in page


# -- left as it is


def leave(boss, job, word="rockstar", code="why_us", **changes):
    return boss.post(url("job_edit", job), typed(job, do=f"leave:{code}:{word}", **changes))


def test_a_word_that_is_left_is_not_advised_again(boss, owner):
    job = make_draft(owner, why_us="A Rockstar, a ninja", title="Rockstar")
    answer = leave(boss, job)
    job.refresh_from_db()
    assert (answer.url, job.words_left) == (f"{url('job_edit', job)}#id_why_us", ["rockstar"])
    assert words(job) == {"why_us": ["ninja"]}
    assert TrailEntry.objects.latest("pk").fields == ["words_left"]


def test_what_was_typed_is_saved_with_it(boss, draft):
    leave(boss, draft, why_us="A rockstar")
    draft.refresh_from_db()
    assert draft.why_us == "A rockstar"


def test_an_editor_that_is_open_elsewhere_goes_on(boss, owner):
    job = make_published(owner, why_us="A rockstar")
    other = typed(job, city="Oulu")
    leave(boss, job)
    assert boss.post(url("job_edit", job), other).url == url("job", job)


def test_an_advert_on_the_air_is_not_changed_by_it(boss, owner):
    job = make_published(owner)
    page = said(leave(boss, job, why_us="A rockstar and a ninja"))
    job.refresh_from_db()
    assert (job.words_left, job.why_us) == (["rockstar"], "Your ideas count.")
    assert "A rockstar and a ninja" in page
    assert "Words to look at: ninja" in page


def test_while_one_types_it_comes_back_without_the_word(boss, draft):
    answer = boss.post(
        url("job_preview", draft), typed(draft, why_us="A rockstar", do="leave:why_us:rockstar")
    )
    assert (SENTENCE in said(answer), "Left as they are: rockstar" in said(answer)) == (False, True)


def test_all_are_advised_again(boss, owner):
    job = make_draft(owner, why_us="A rockstar", words_left=["rockstar"])
    answer = boss.post(url("job_edit", job), typed(job, do="advise"))
    job.refresh_from_db()
    assert (answer.url, words(job)) == (f"{url('job_edit', job)}#words", {"why_us": ["rockstar"]})


def test_a_rows_word_leads_back_to_the_row(boss, draft, owner):
    row = requirements.add(draft, text="A ninja", by=owner)
    assert leave(boss, draft, "ninja", f"r{row.pk}").url == f"{url('job_edit', draft)}#r{row.pk}"


@pytest.mark.parametrize(
    "do", ["leave:", "leave:why_us", "leave:why_us:", "advise:a:b", "leave:a:" + "x" * 101, "left:a:b"]
)
def test_odd_buttons_leave_nothing(boss, draft, do):
    boss.post(url("job_edit", draft), typed(draft, do=do))
    draft.refresh_from_db()
    assert draft.words_left == []


def test_no_more_than_a_job_needs_are_kept(draft, owner):
    for n in range(3):
        adverts.leave_word(draft, word=f"word{n}", by=owner)
    adverts.leave_word(draft, word="word1", by=owner)
    assert draft.words_left == ["word0", "word1", "word2"]


@pytest.mark.parametrize(("who", "status"), [("rival", 404), ("interviewer", 403), ("hire", 403)])
def test_nobody_else_leaves_a_word(draft, sign_in, who, status, request):
    other = sign_in(request.getfixturevalue(who))
    assert other.post(url("job_edit", draft), {"do": "leave:title:young"}).status_code == status
    draft.refresh_from_db()
    assert draft.words_left == []


# -- what else stands there


@pytest.mark.parametrize(
    ("fields", "code", "sentence"),
    [
        ({"title": "Support in Turku", "city": "Turku"}, "title", "The place has its own line"),
        ({"title": "Support €14"}, "title", "Pay has its own line"),
        ({"country": "FI"}, "pay_min", "In the EU applicants have a right to know the pay"),
        ({"place": "remote"}, "place", "reliable internet and a place to work at home"),
        ({"place": "hybrid"}, "place", "reliable internet"),
    ],
)
def test_notes(owner, fields, code, sentence):
    notes = Editor(make_draft(owner, **fields)).advice()[code].notes
    assert [sentence in note for note in notes] == [True]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": "Support person"}, "title"),
        ({"country": "US"}, "pay_min"),
        ({"pay_max": 9}, "pay_min"),
        ({}, "place"),
    ],
)
def test_no_note_where_there_is_nothing_to_say(owner, fields, code):
    assert Editor(make_draft(owner, **fields)).advice()[code].notes == []


def test_needs_are_said_once_somebody_wanted_to_publish(boss, draft):
    need = "Needed before publishing: what you sell"
    page = url("job_edit", draft)
    assert [need in said(boss.get(address)) for address in (page, f"{page}?needs=1")] == [False, True]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"summary": ""}, "summary"),
        ({"hours_week": None}, "hours_week"),
        ({"responsibilities": ""}, "responsibilities"),
        ({"how_to_apply": ""}, "how_to_apply"),
    ],
)
def test_every_required_part_has_its_sentence_at_its_field(owner, fields, code):
    job = make_draft(owner, about_company="Tea", **fields)
    needs = {name: box.need for name, box in Editor(job).advice(asking=True).items() if box.need}
    assert needs == {code: str(word_advice.NEEDED[code])}


def test_an_empty_list_of_skills_has_its_sentence(draft):
    draft.requirements.all().delete()
    assert Editor(draft).advice(asking=True)["skills"].need == str(word_advice.NEEDED["skills"])


def test_publishing_leads_to_the_first_gap_with_its_sentence(boss, draft):
    assert boss.get(url("job_publish", draft)).url == f"{url('job_edit', draft)}?needs=1#id_about_company"


def test_filled_in_while_one_types_the_sentence_goes(boss, draft):
    need = "Needed before publishing"
    shown = [
        need in said(boss.post(url("job_preview", draft), typed(draft, needs="1", about_company=text)))
        for text in ("", "We sell tea.")
    ]
    assert shown == [True, False]


# -- the preview is the page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_preview_shows_what_the_public_page_shows(boss, owner, client, language):
    job = make_published(owner, language=language, benefits="Tea\nMore tea", place="hybrid", pay_max=None)
    preview = boss.get(url("job_edit", job)).content.decode()
    page = client.get(address(job, "job")).content.decode()
    advert = page.partition('<article class="fh-paper">')[2].partition("</article>")[0]
    assert len(advert) > 500
    assert advert.strip() in preview
    assert f'class="fh-paper" lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in preview


def test_every_field_that_is_for_applicants_is_in_the_preview(boss, owner):
    said_by = {name: f"Words of {name}" for name in word_advice.TEXTS}
    job = make_draft(owner, **said_by, city="Oulu", pay_min=12)
    preview = boss.get(url("job_edit", job)).content.decode().partition('id="preview"')[2]
    assert [
        text for text in (*said_by.values(), "Oulu", "12", "20 hours a week") if text not in preview
    ] == []
