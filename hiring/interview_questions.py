"""Questions for an interview, in our own words: each skill's, what to ask back, and the first and last words.

A requirement has questions of its own (Requirement.interview_questions: the shop's, else the suggestion's). What is
here comes on top: more of them for the seven skills, and what to ask back when an answer stays general. All of them
ask what somebody did, not what one would do, where that can be asked.
"""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from hiring import suggestions


@dataclass(frozen=True)
class Asked:
    """`code` stays with the answer, whatever becomes of the words."""

    code: str
    text: str


MORE = {
    "service": (
        gettext_lazy("When did a customer thank you, and what had you done?"),
        gettext_lazy("Tell me of a complaint that was justified. What did you say, and what did you do?"),
    ),
    "writing": (
        gettext_lazy("Which piece of your own writing are you content with, and who read it?"),
        gettext_lazy("How do you check what you wrote before somebody gets it?"),
    ),
    "initiative": (
        gettext_lazy("What did you change at a place of work that nobody had asked you to change?"),
        gettext_lazy("When did you decide something without asking, and how did it turn out?"),
    ),
    "attitude": (
        gettext_lazy("Which criticism of your work was right, and what did you do with it?"),
        gettext_lazy("What do you do at the end of a day in which nothing worked?"),
    ),
    "process": (
        gettext_lazy("Which rule at work did you think was wrong, and what did you do about it?"),
        gettext_lazy("How did you explain to somebody how a thing is done here?"),
    ),
    "time": (
        gettext_lazy("Tell me of a day with more to do than hours. What did you leave undone?"),
        gettext_lazy("Who had to wait for you last, and how did they hear of it?"),
    ),
    "product": (
        gettext_lazy("What did you last have to learn about a product, and how did you go about it?"),
        gettext_lazy("What do you ask first when somebody says: it does not work?"),
    ),
}
BACK = {
    "service": (
        gettext_lazy("What did the customer say in the end?"),
        gettext_lazy("How did you feel afterwards?"),
    ),
    "writing": (
        gettext_lazy("Which word would you take out?"),
        gettext_lazy("How would you say it to somebody who is angry?"),
    ),
    "initiative": (
        gettext_lazy("Where did you look before you asked?"),
        gettext_lazy("Who knew of it, and when?"),
    ),
    "attitude": (
        gettext_lazy("What did you say to the others?"),
        gettext_lazy("What do you do differently since?"),
    ),
    "process": (
        gettext_lazy("What would have happened without the rule?"),
        gettext_lazy("How did you find out whether it was kept?"),
    ),
    "time": (gettext_lazy("How did you choose what comes first?"), gettext_lazy("What did you let go?")),
    "product": (
        gettext_lazy("How would you say that to a customer?"),
        gettext_lazy("What did you not know, and where did you find it?"),
    ),
}
BACK_TO_ANY = (
    gettext_lazy("What was your own part in it?"),
    gettext_lazy("What happened then?"),
    gettext_lazy("What would you do differently today?"),
)
FIRST_WORDS = (
    gettext_lazy("Thank them for coming, and say who is there and what each of you does."),
    gettext_lazy("Say how long it takes, that you take notes, and that everybody is asked the same."),
    gettext_lazy("Begin with something easy: what made them apply here?"),
)
LAST_WORDS = (
    gettext_lazy("Ask what they would like to know from you, and leave room for it."),
    gettext_lazy("Say what happens next: who decides, by which day, and how they hear of it."),
    gettext_lazy("Thank them. Promise nothing that is not decided."),
)


def of(requirement) -> list[Asked]:
    """The questions to ask about it: the shop's own lines, else the suggestion's."""
    own = requirement.questions.strip()
    if not own:
        return [Asked(f"s{n}", str(text)) for n, text in enumerate(requirement.interview_questions)]
    return list({code(text): Asked(code(text), text) for text in requirement.interview_questions}.values())


def more(requirement) -> list[Asked]:
    """Further questions for one of the seven skills, and the suggestion's own behind the shop's."""
    theirs = suggestions.BY_KEY[requirement.key].questions if requirement.key in suggestions.BY_KEY else ()
    behind = (
        [Asked(f"s{n}", str(text)) for n, text in enumerate(theirs)] if requirement.questions.strip() else []
    )
    return behind + [Asked(f"m{n}", str(text)) for n, text in enumerate(MORE.get(requirement.key, ()))]


def back(requirement) -> list[str]:
    """What to ask when an answer stays general."""
    return [str(text) for text in (*BACK.get(requirement.key, ()), *BACK_TO_ANY)]


def code(text: str) -> str:
    """The same words have the same code: an answer finds its question again when lines were moved."""
    return "o" + hashlib.sha256(text.strip().encode()).hexdigest()[:12]
