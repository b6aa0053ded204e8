from hypothesis import given
from hypothesis import strategies as st

from onboarding import alike

TEXTS = st.text(alphabet="abc äł包裹ة ", max_size=30)


def closest(text, *others):
    return alike.closest(text, enumerate(others))


def test_the_same_thing_in_other_words_is_alike():
    assert closest("tracking link missing", "The link for tracking is missing on the phone") == [0]


def test_case_accents_and_order_do_not_matter():
    assert closest("Käyttöohje puuttuu", "puuttuu KAYTTOOHJE") == [0]


def test_one_shared_word_of_several_is_another_thing():
    assert closest("Returns label prints blank", "Returns take too long", "The size chart is missing") == []


def test_a_single_word_is_alike_with_itself_only():
    assert closest("Sizes", "sizes!", "Sizes of the blue shoes") == [0]


def test_chinese_is_compared_by_its_signs():
    assert closest("找不到退货地址", "退货地址在哪里", "颜色不对") == [0]


def test_small_words_say_nothing():
    assert closest("it is on an up", "it is in my to do on an up side down road") == []


def test_the_most_alike_come_first_and_three_are_enough():
    others = [
        "size chart shoes",
        "size chart",
        "no size chart for shoes",
        "size chart for shoes wrong",
        "chart",
    ]
    found = closest("size chart for shoes is wrong", *others)
    assert (found[0], len(found)) == (0, 3)


def test_nothing_is_like_nothing():
    assert closest("", "", "something") == []
    assert closest("?!", "...") == []


@given(TEXTS, TEXTS)
def test_likeness_is_the_same_from_both_sides_and_at_most_one(one, other):
    here, there = alike.words(one), alike.words(other)
    assert alike.likeness(here, there) == alike.likeness(there, here)
    assert 0 <= alike.likeness(here, there) <= 1


@given(TEXTS)
def test_a_text_with_words_is_like_itself(text):
    found = alike.words(text)
    assert alike.likeness(found, found) == (1.0 if found else 0.0)
