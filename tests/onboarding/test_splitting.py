from hypothesis import given
from hypothesis import strategies as st

from onboarding import splitting


def test_dashes_stand_between_e_mails_and_equal_signs_before_a_reply():
    text = "Where is it?\n===\nOn its way.\nFriday.\n---\nCan I return it?\n=====\nYes."
    assert splitting.split(text) == [("Where is it?", "On its way.\nFriday."), ("Can I return it?", "Yes.")]


def test_a_reply_may_be_missing_and_lines_may_end_as_on_windows():
    assert splitting.split("One\r\n  ---  \r\nTwo\r\n") == [("One", ""), ("Two", "")]


def test_what_has_no_message_is_left_out():
    assert splitting.split("---\n\n---\n===\nOnly a reply\n---\nOne\n---") == [("One", "")]
    assert splitting.split("") == []


def test_dashes_and_equal_signs_in_a_sentence_are_part_of_it():
    assert splitting.split("a --- b\n--\n-- \n=> c\n===x") == [("a --- b\n--\n-- \n=> c\n===x", "")]


def test_a_second_row_of_equal_signs_belongs_to_the_reply():
    assert splitting.split("M\n===\nR\n===\nS") == [("M", "R\n===\nS")]


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b\nc", "٣ ؟"]), st.sampled_from(["", "r", "s\nt"])), max_size=5)
)
def test_what_was_put_together_comes_apart(pairs):
    text = "\n---\n".join(f"{message}\n===\n{reply}" for message, reply in pairs)
    assert splitting.split(text) == pairs


@given(st.text(alphabet="-=ab \n\r\t", max_size=40))
def test_whatever_is_pasted_comes_apart(text):
    for message, reply in splitting.split(text):
        assert message == message.strip() != ""
        assert reply == reply.strip()
