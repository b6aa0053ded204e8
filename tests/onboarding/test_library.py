"""The example library: what is written, found, taken over, put away, and what stands beside an editor."""

import pytest
from django.utils import translation

from accounts import conflicts
from onboarding import example_texts, library, practice, tone
from onboarding.models import Example, ExampleVersion, Situation, Tone
from onboarding.models.concerned import concerned, teaches
from tests.onboarding.factories import make_onboarding
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
CARD = "4111 1111 1111 1111"
MASKED = "•••• •••• •••• 1111"
HOSTILE = "{{ customer.first_name }} {% if x %}<b>\u202eabc"


def write(company, by, **values):
    texts = {"topic": "Wrong size", "message": "Too small", "reply": "We change it", "why": "Short"}
    return library.add(company, by=by, **(texts | values))


def labels(rows) -> list[str]:
    return [row.label for row in rows]


# Who has to do with it


def test_bosses_and_new_hires_read_and_only_bosses_teach(owner, manager, hire):
    assert [concerned(each) for each in (owner, manager, hire)] == [True, True, True]
    assert [teaches(each) for each in (owner, manager, hire)] == [True, True, False]


def test_an_interviewer_reads_and_teaches_as_long_as_they_are_somebodys_buddy(
    company, owner, hire, interviewer
):
    assert (concerned(interviewer), teaches(interviewer)) == (False, False)
    plan = make_onboarding(company, hire, owner)
    plan.buddy = interviewer
    plan.save()
    assert (concerned(interviewer), teaches(interviewer)) == (True, True)
    plan.cancelled_at = plan.created_at
    plan.save()
    assert (concerned(interviewer), teaches(interviewer)) == (False, False)


def test_a_colleague_with_a_plan_of_their_own_reads_and_does_not_teach(company, owner, interviewer):
    make_onboarding(company, interviewer, owner)
    assert (concerned(interviewer), teaches(interviewer)) == (True, False)


# Ours


def test_an_empty_library_has_ours_for_the_five_situations(company):
    rows = library.listed(company)
    assert [row.situation for row in rows] == Situation.values == list(practice.SITUATIONS)
    assert {bool(row.said and row.answer and row.reason) for row in rows} == {True}
    assert Example.objects.count() == 0


def test_nobody_practises_with_the_answer_beside_the_question():
    assert {str(each.message) for each in example_texts.SHIPPED.values()}.isdisjoint(
        {str(each.message) for each in practice.SITUATIONS.values()}
    )


def test_ours_speak_the_language_of_whoever_reads(company):
    row = library.ours(company, "practice_late")
    with translation.override("fi"):
        assert row.speaks == "fi"
        assert row.answer == str(example_texts.SHIPPED["practice_late"].reply)


def test_one_of_ours_changed_is_the_shops_own_in_every_language(company, owner):
    row = library.ours(company, "practice_late")
    library.change(row, by=owner, seen=0, **library.shown(row) | {"reply": "Friday.", "language": "en"})
    found = library.listed(company, situation="practice_late")
    assert [(each.answer, each.speaks, each.revision) for each in found] == [("Friday.", "en", 1)]
    assert len(library.listed(company)) == 5


def test_one_of_ours_saved_as_it_is_stays_ours(company, owner):
    row = library.ours(company, "practice_late")
    library.change(row, by=owner, seen=0, **library.shown(row))
    assert Example.objects.count() == 0


def test_one_of_ours_can_be_put_away_and_put_back(company, owner):
    assert library.archive(library.ours(company, "practice_angry"), by=owner)
    assert "practice_angry" not in [row.key for row in library.listed(company)]
    [away] = library.listed(company, archived=True)
    assert away.answer == str(example_texts.SHIPPED["practice_angry"].reply)
    assert library.put_back(away, by=owner)
    assert len(library.listed(company)) == 5


# Own


def test_own_examples_stand_in_their_situation_with_the_newest_first(company, owner):
    write(company, owner, topic="Old", situation="practice_late")
    write(company, owner, topic="New", situation="practice_late")
    write(company, owner, topic="Other")
    assert labels(library.listed(company))[:3] == ["New", "Old", "The tracking has not moved for four days"]
    assert labels(library.listed(company))[-1] == "Other"


def test_every_saving_that_changes_something_is_a_version(company, owner, manager):
    row = write(company, owner)
    row = library.change(row, by=manager, seen=1, **library.shown(row) | {"reply": "We change it today"})
    row = library.change(row, by=manager, seen=2, **library.shown(row))
    kept = ExampleVersion.objects.order_by("number").values_list("number", "reply", "by")
    assert list(kept) == [(1, "We change it", owner.pk), (2, "We change it today", manager.pk)]


def test_an_older_page_does_not_win(company, owner):
    row = write(company, owner)
    library.change(row, by=owner, seen=1, **library.shown(row) | {"reply": "Second"})
    with pytest.raises(conflicts.Changed) as now:
        library.change(row, by=owner, seen=1, **library.shown(row) | {"reply": "Third"})
    assert (now.value.row.reply, Example.objects.get().reply) == ("Second", "Second")


def test_card_numbers_are_masked_wherever_they_stand(company, owner):
    row = write(company, owner, topic=CARD, message=CARD, reply=CARD, why=CARD)
    row.refresh_from_db()
    assert {row.topic, row.message, row.reply, row.why} == {MASKED}
    version = ExampleVersion.objects.get()
    assert {version.message, version.reply, version.why} == {MASKED}
    assert "4111" not in row.search


def test_text_stays_as_typed(company, owner):
    row = write(company, owner, topic=HOSTILE, message=HOSTILE, reply=HOSTILE, why=HOSTILE)
    row.refresh_from_db()
    assert (row.label, row.said, row.answer, row.reason) == (HOSTILE,) * 4


def test_the_trail_says_what_was_done_and_not_the_words(company, owner):
    row = write(company, owner, reply="Secret")
    library.archive(row, by=owner)
    library.put_back(row, by=owner)
    entries = (
        TrailEntry.objects.filter(kind="example").order_by("pk").values_list("action", "fields", "subject_id")
    )
    assert list(entries) == [
        (f"example.{act}", ["words"], row.pk) for act in ("added", "archived", "put_back")
    ]


def test_putting_away_twice_is_putting_away_once(company, owner):
    row = write(company, owner)
    assert [library.archive(row, by=owner) for _n in range(2)] == [True, False]
    assert [library.put_back(row, by=owner) for _n in range(2)] == [True, False]


# Search


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("Käytämme hyväksi", "kaytamme"),
        ("Wyślemy paczkę jutro", "wyslemy PACZKE"),
        ("سنرسل الطرد غداً", "الطرد غدا"),
        ("我们明天寄出包裹", "包裹"),
        ("We wrap it with a ribbon", "ribb"),
        ("100 % sure_thing", "sure thing"),
    ],
)
def test_found_as_people_spell_it(company, owner, reply, words):
    write(company, owner, topic="This one", reply=reply)
    assert labels(library.listed(company, words=words)) == ["This one"]


def test_every_word_has_to_be_there(company, owner):
    write(company, owner, topic="This one", reply="We send it tomorrow")
    assert library.listed(company, words="tomorrow today") == []


def test_the_situation_is_found_by_its_name(company, owner):
    write(company, owner, topic="Mine", situation="practice_damaged")
    assert labels(library.listed(company, words="broken"))[0] == "Mine"


def test_ours_are_found_by_their_words(company):
    assert [row.key for row in library.listed(company, words="six glasses")] == ["practice_damaged"]


def test_another_companys_examples_are_never_found(company, owner, rival):
    write(rival.company, rival, topic="Theirs", situation="practice_late")
    assert "Theirs" not in labels(library.listed(company))
    assert "Theirs" not in labels(library.beside(company, "practice_late").examples)


@pytest.mark.parametrize("n", [1, 3])
def test_two_queries_however_many_there_are(company, owner, n, django_assert_num_queries):
    for _each in range(n):
        write(company, owner)
    with django_assert_num_queries(2):
        library.listed(company, words="change", situation="")


# Taken over from a real reply


def take(company, by, **fields):
    values = {
        "source": "draft:5",
        "message": f"Hi, {CARD}",
        "reply": "Dear Ann",
        "situation": "practice_late",
    }
    return library.add_from(company, by=by, **(values | fields))


def test_a_reply_is_taken_over_and_asks_to_be_looked_at(company, owner):
    row = take(company, owner)
    assert (row.message, row.answer, row.situation, row.to_check) == (
        f"Hi, {MASKED}",
        "Dear Ann",
        "practice_late",
        True,
    )


def test_taken_over_twice_is_one(company, owner, manager):
    assert take(company, owner).pk == take(company, manager, reply="Other").pk
    assert ExampleVersion.objects.count() == 1


def test_a_situation_nobody_knows_is_none(company, owner):
    assert take(company, owner, situation="made_up").situation == ""


def test_somebody_says_once_that_nobody_is_named(company, owner):
    row = take(company, owner)
    assert [library.checked(row, by=owner) for _n in range(2)] == [True, False]
    assert Example.objects.get().to_check is False


# Beside an editor


def test_beside_are_the_newest_of_the_situation_and_then_ours(company, owner):
    assert [row.key for row in library.beside(company, "practice_late").examples] == ["practice_late"]
    for name in ("One", "Two"):
        write(company, owner, topic=name, situation="practice_late")
    write(company, owner, topic="Elsewhere", situation="practice_angry")
    assert labels(library.beside(company, "practice_late").examples) == [
        "Two",
        "One",
        "The tracking has not moved for four days",
    ]


def test_beside_are_at_most_three_and_those_in_the_language_first(company, owner):
    for name, language in (("Suomi", "fi"), ("A", "en"), ("B", "en"), ("C", "sv")):
        write(company, owner, topic=name, situation="practice_late", language=language)
    assert labels(library.beside(company, "practice_late", "fi").examples) == ["Suomi", "C", "B"]


def test_what_was_put_away_is_not_beside(company, owner):
    library.archive(write(company, owner, topic="Mine", situation="practice_late"), by=owner)
    library.archive(library.ours(company, "practice_late"), by=owner)
    assert library.beside(company, "practice_late").examples == []


@pytest.mark.parametrize("situation", ["", "made_up"])
def test_without_a_situation_only_the_tone_is_beside(company, owner, situation):
    write(company, owner, situation="")
    seen = library.beside(company, situation)
    assert (seen.examples, seen.tone.level) == ([], Tone.Level.FRIENDLY)


@pytest.mark.parametrize("n", [1, 3])
def test_beside_costs_four_queries(company, owner, n, django_assert_num_queries):
    for _each in range(n):
        write(company, owner, situation="practice_late")
    with django_assert_num_queries(4):
        library.beside(company, "practice_late")


# The tone


def sound(company, by, seen=0, **values):
    words = {"level": 5, "says": "Thank you", "never": "Policy", "sample": ""}
    return tone.change(company, by=by, seen=seen, **(words | values))


def test_friendly_until_somebody_chooses(company):
    assert (tone.of(company).level, tone.of(company).heard) == (3, str(example_texts.TONES[3]))


def test_the_chosen_step_speaks_with_our_sample_or_ones_own(company, owner):
    assert sound(company, owner).heard == str(example_texts.TONES[5])
    assert sound(company, owner, 1, sample=HOSTILE).heard == HOSTILE
    assert tone.of(company).revision == 2


def test_the_five_samples_are_five(company):
    assert len({str(text) for text in example_texts.TONES.values()}) == 5 == len(Tone.Level)


def test_saying_the_same_again_changes_nothing(company, owner):
    sound(company, owner)
    assert sound(company, owner, 1).revision == 1
    assert TrailEntry.objects.filter(kind="tone").count() == 1


def test_an_older_page_does_not_change_the_tone(company, owner):
    sound(company, owner)
    with pytest.raises(conflicts.Changed):
        sound(company, owner, 0, level=1)
    assert tone.of(company).level == 5


def test_each_company_sounds_for_itself(company, rival):
    sound(rival.company, rival)
    assert tone.of(company).level == 3
