"""What a job starts with: seven skills, three qualities, two questions and the advert's first words.

Rows keep a suggestion's `key`; while a row has no words of its own, these speak, in the reader's language.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

SKILL, QUALITY = "skill", "quality"
MUST, NICE, BONUS = "must", "nice", "bonus"
# How much one level counts beside the others in a weighted mean; must-haves are a floor as well.
WEIGHTS = {MUST: 3, NICE: 2, BONUS: 1}


@dataclass(frozen=True)
class Suggestion:
    """One thing to look for in a first support person, in our own words.

    `anchors` describe what a 1, a 3 and a 5 look like. `tested` names the places that show it: question, cv,
    phone, interview, sample, reference. `questions` are for the interview.
    """

    key: str
    kind: str
    level: str
    name: str
    why: str
    hint: str
    anchors: dict[int, str]
    tested: tuple[str, ...]
    questions: tuple[str, ...]


SKILLS = (
    Suggestion(
        key="service",
        kind=SKILL,
        level=MUST,
        name=gettext_lazy("Likes helping customers, angry ones too"),
        why=gettext_lazy(
            "Support is listening to upset people all day. Whoever enjoys turning them round stays."
        ),
        hint=gettext_lazy(
            "Ask about earlier work with customers, in a shop for instance, and how they felt about the difficult"
            " ones."
        ),
        anchors={
            1: gettext_lazy("Speaks of customers as a nuisance, or blames them."),
            3: gettext_lazy("Stays friendly and solves the matter, feels little for the person behind it."),
            5: gettext_lazy(
                "Names what the customer felt, calms them, and is visibly glad when it ends well."
            ),
        },
        tested=("cv", "phone", "interview", "reference"),
        questions=(
            gettext_lazy("Which customer do you still think about, and what did you do for them?"),
            gettext_lazy("Somebody shouts at you about a late parcel. What are your first three sentences?"),
            gettext_lazy("What did you like least about your last work with customers?"),
        ),
    ),
    Suggestion(
        key="writing",
        kind=SKILL,
        level=MUST,
        name=gettext_lazy("Writes clearly and without mistakes"),
        why=gettext_lazy("Most answers go out by e-mail or chat. Their writing is how the shop sounds."),
        hint=gettext_lazy(
            "Read the CV and the letter as if a customer got them: typos here become typos there."
        ),
        anchors={
            1: gettext_lazy("Many mistakes, or one has to read sentences twice."),
            3: gettext_lazy("Correct and understandable, a little stiff or long."),
            5: gettext_lazy(
                "Short, warm, without mistakes; the answer comes first and nothing has to be asked again."
            ),
        },
        tested=("cv", "sample", "question"),
        questions=(
            gettext_lazy("Explain to me in two sentences how to send something back."),
            gettext_lazy("How do you write to somebody who got the wrong thing for the second time?"),
        ),
    ),
    Suggestion(
        key="initiative",
        kind=SKILL,
        level=MUST,
        name=gettext_lazy("Finds answers and acts without being told"),
        why=gettext_lazy("You hire to get time back. Somebody who asks you about everything gives none."),
        hint=gettext_lazy(
            "Look for three things: they dig up product facts nobody wrote down, they decide a refund within a"
            " limit, they improve something nobody asked for."
        ),
        anchors={
            1: gettext_lazy("Waits for instructions; has no example of their own."),
            3: gettext_lazy("Looks for the answer first and asks with a proposal."),
            5: gettext_lazy("Solved things nobody had asked about, and told others what they changed."),
        },
        tested=("phone", "interview", "reference"),
        questions=(
            gettext_lazy("A customer asks something about a product that stands nowhere. What do you do?"),
            gettext_lazy("Tell me about something you changed at work without being asked."),
            gettext_lazy("When did you decide alone, and when did you rather ask?"),
        ),
    ),
    Suggestion(
        key="attitude",
        kind=SKILL,
        level=MUST,
        name=gettext_lazy("Keeps a positive tone and really listens"),
        why=gettext_lazy(
            "People write when something went wrong. The tone of the answer decides whether they come back."
        ),
        hint=gettext_lazy(
            "Two things to hear: is the tone still friendly when it gets tense, and do they ask before answering?"
        ),
        anchors={
            1: gettext_lazy("Turns sour or defensive, answers another question than the one asked."),
            3: gettext_lazy("Friendly; needs to be told what the customer meant."),
            5: gettext_lazy("Calm and friendly under pressure, says back what they understood, then helps."),
        },
        tested=("phone", "interview", "sample"),
        questions=(
            gettext_lazy("Tell me about a day when everything went wrong. How did you get through it?"),
            gettext_lazy("How do you notice that you have understood what somebody needs?"),
        ),
    ),
    Suggestion(
        key="process",
        kind=SKILL,
        level=NICE,
        name=gettext_lazy("Writes down how things are done and improves it"),
        why=gettext_lazy("The first person lays the tracks for the next ones."),
        hint=gettext_lazy(
            "If many customers trip over the checkout: do they only answer, or also propose what to change?"
        ),
        anchors={
            1: gettext_lazy("Solves each case from scratch and keeps it in their head."),
            3: gettext_lazy("Follows a written way of working and points out gaps."),
            5: gettext_lazy("Made guides others used, and removed the cause of a recurring question."),
        },
        tested=("interview", "reference"),
        questions=(
            gettext_lazy("The same question arrives twenty times a week. What do you do about it?"),
            gettext_lazy("Which instruction or list of yours did others go on using?"),
        ),
    ),
    Suggestion(
        key="time",
        kind=SKILL,
        level=NICE,
        name=gettext_lazy("Puts first things first on a busy day"),
        why=gettext_lazy(
            "One day brings ten messages, the next a hundred. The urgent ones must not wait at the bottom."
        ),
        hint=gettext_lazy("Give them five messages and ask in which order they answer, and why."),
        anchors={
            1: gettext_lazy("Answers from top to bottom, or whoever is loudest."),
            3: gettext_lazy("Sees what is urgent, cannot quite say by which rule."),
            5: gettext_lazy(
                "Sorts by harm to the customer and by time, groups what is alike, tells people who wait."
            ),
        },
        tested=("interview", "sample"),
        questions=(
            gettext_lazy(
                "At nine: one parcel lost, one refund asked for, two who want to know where their order is, one"
                " angry review. In which order, and why?"
            ),
            gettext_lazy("How did you plan your day when there was more than fits into it?"),
        ),
    ),
    Suggestion(
        key="product",
        kind=SKILL,
        level=BONUS,
        name=gettext_lazy("Knows such products, or how orders are stored and sent"),
        why=gettext_lazy(
            "They will learn your range from you. Knowing stock and delivery makes the first weeks easier."
        ),
        hint=gettext_lazy(
            "Not the catalogue by heart: has this person ever packed, stored, sent or sold something?"
        ),
        anchors={
            1: gettext_lazy("Neither the products nor how an order travels mean anything to them yet."),
            3: gettext_lazy("Knows one side, the products or the parcels, as a customer or from work."),
            5: gettext_lazy("Has worked with such products or in fulfilment, and explains both simply."),
        },
        tested=("cv", "interview"),
        questions=(
            gettext_lazy("What happens between the click on Buy and the doorbell?"),
            gettext_lazy("Which of our things would you buy, and what would you want to know first?"),
        ),
    ),
)

QUALITIES = (
    Suggestion(
        key="availability",
        kind=QUALITY,
        level=NICE,
        name=gettext_lazy("Can work when customers need help"),
        why=gettext_lazy("Answers are quick only when working hours and the hours of the questions meet."),
        hint=gettext_lazy("Tell them your hours and ask whether these are possible. Not why they are not."),
        anchors={
            1: gettext_lazy("Cannot work in the hours in which most questions come."),
            3: gettext_lazy("Can cover most of these hours."),
            5: gettext_lazy("Can cover all of them, and some others when needed."),
        },
        tested=("question", "phone"),
        questions=(gettext_lazy("Can you work these hours? What would need to change?"),),
    ),
    Suggestion(
        key="place",
        kind=QUALITY,
        level=NICE,
        name=gettext_lazy("Has a place to work and reliable internet, or can come in"),
        why=gettext_lazy("Remote work widens the choice. It needs a quiet desk and a line that holds."),
        hint=gettext_lazy(
            "For remote work, two facts: a reliable connection and a place to work undisturbed."
        ),
        anchors={
            1: gettext_lazy("Neither a working place nor a dependable connection, nor can they come in."),
            3: gettext_lazy("One of the two is there, the other can be arranged."),
            5: gettext_lazy("Both are there, with an idea of what to do when the line is down."),
        },
        tested=("question", "phone"),
        questions=(gettext_lazy("Where would you work, and what do you do when the internet is down?"),),
    ),
    Suggestion(
        key="plans",
        kind=QUALITY,
        level=BONUS,
        name=gettext_lazy("Wants to do this for a while"),
        why=gettext_lazy("Training somebody costs months. It pays when they stay longer than a summer."),
        hint=gettext_lazy(
            "Ask everybody the same: what would make this right for you for the next year or two? Never about"
            " family or health."
        ),
        anchors={
            1: gettext_lazy("Looks for a few weeks of work only."),
            3: gettext_lazy("Open, has not thought about it."),
            5: gettext_lazy("Says what they want to learn here over the next year or two."),
        },
        tested=("phone", "interview"),
        questions=(
            gettext_lazy(
                "This is a permanent job. What would make it right for you for the next year or two?"
            ),
        ),
    ),
)

SUGGESTIONS = SKILLS + QUALITIES
BY_KEY = {suggestion.key: suggestion for suggestion in SUGGESTIONS}

# Extra questions of the application form: key -> text.
QUESTIONS = {
    "when": gettext_lazy("When can you work, on which days and at what hours?"),
    "support": gettext_lazy("What is good support to you? An example is welcome."),
}


def title(hours: int | None, extent: str) -> str:
    """The advert's title for `extent` "part" or "full" time; hours a week where they are known."""
    if not hours:
        return pgettext("title of a job", "Customer support person")
    if extent == "full":
        text = ngettext(
            "Customer support person, full-time, %(hours)d hour a week",
            "Customer support person, full-time, %(hours)d hours a week",
            hours,
        )
    else:
        text = ngettext(
            "Customer support person, part-time, %(hours)d hour a week",
            "Customer support person, part-time, %(hours)d hours a week",
            hours,
        )
    return text % {"hours": hours}


def summary(hours: int | None) -> str:
    """The short description of the position; it tells the hours a week, as an advert has to."""
    if not hours:
        return _(
            "You answer our customers by e-mail and chat, and make sure each of them is glad to have written."
        )
    text = ngettext(
        "You answer our customers by e-mail and chat, about %(hours)d hour a week, and make sure each of them is"
        " glad to have written.",
        "You answer our customers by e-mail and chat, about %(hours)d hours a week, and make sure each of them is"
        " glad to have written.",
        hours,
    )
    return text % {"hours": hours}


def duties() -> str:
    """Key responsibilities, one a line."""
    return "\n".join(
        [
            _("Answer customers by e-mail and chat, in our tone and in time"),
            _("Look into orders, deliveries, returns and refunds, and put right what went wrong"),
            _("Decide small things yourself, bring the rest to us with a proposal"),
            _("Notice what customers trip over and tell us how to fix it"),
            _("Write down answers and steps, so that the next person finds them"),
        ]
    )


def how_to_apply() -> str:
    return _(
        "Use the form on this page: your CV, a few lines on why this work suits you, and two short questions."
        " We read every application and answer every one."
    )
