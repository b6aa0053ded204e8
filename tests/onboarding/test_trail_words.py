import re
from pathlib import Path

from accounts import trail_words as shared
from onboarding import steps, trail_words

APP = Path(steps.__file__).parent


def test_every_move_reads_as_a_sentence():
    assert {f"step.{action}" for action in steps.MOVES} <= set(trail_words.SENTENCES)


def test_every_action_written_down_has_a_sentence():
    source = "".join(path.read_text() for path in APP.glob("*.py") if path.name != "trail_words.py")
    written = set(re.findall(r'"((?:ask|wording|setup|onboarding|escalation)\.[a-z_]+)"', source))
    written |= {f"onboarding.{name}" for name in re.findall(r'_record\("([a-z_]+)", onboarding', source)}
    assert written <= set(trail_words.SENTENCES)
    assert all(action.split(".")[0] in shared.kinds for action in trail_words.SENTENCES)
