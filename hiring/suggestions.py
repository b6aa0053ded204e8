"""What one can look for in a first support person, in our own words: what a job starts with, and more to choose from.

Rows keep a suggestion's `key`; while a row has no words of its own, these speak, in the reader's language.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

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
            gettext_lazy(
                "Which sentence of a shop's mail would you never send, and what would you write instead?"
            ),
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
            gettext_lazy("A customer is angry and wrong. What do you say first?"),
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
            gettext_lazy(
                "Many customers get stuck at the same step of the checkout. Whom do you tell, and what?"
            ),
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
            gettext_lazy(
                "What do you leave undone when there is no time for everything, and who hears of it?"
            ),
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
            gettext_lazy("The shelf is empty and the shop says it is in stock. What may have happened?"),
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
        questions=(
            gettext_lazy("Can you work these hours? What would need to change?"),
            gettext_lazy("Which of these hours suit you best?"),
        ),
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
        questions=(
            gettext_lazy("Where would you work, and what do you do when the internet is down?"),
            gettext_lazy("What do you need from us to work well there?"),
        ),
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
            gettext_lazy("What would you like to be able to do in a year that you cannot do yet?"),
        ),
    ),
)

# Not on a new job; each is one press away on the page of the list.
MORE = (
    Suggestion(
        key="industry",
        kind=QUALITY,
        level=BONUS,
        name=gettext_lazy("Has worked in our line of business"),
        why=gettext_lazy(
            "Who has served such customers knows what troubles them, and what they call excellent service."
        ),
        hint=gettext_lazy(
            "Two things to hear: do they name what annoys these customers, and what delights them?"
        ),
        anchors={
            1: gettext_lazy("Cannot say what such customers write about."),
            3: gettext_lazy("Names one or two of their usual troubles, from work or as a customer."),
            5: gettext_lazy("Names several from work, what helped, and what set the best shops apart."),
        },
        tested=("cv", "interview", "reference"),
        questions=(
            gettext_lazy("What annoys customers of shops like ours most often, and what is behind it?"),
            gettext_lazy(
                "What does excellent service look like in our line of business, and what is it worth?"
            ),
            gettext_lazy("Which shop of this kind does it best, and what do they do differently?"),
        ),
    ),
    Suggestion(
        key="interest",
        kind=QUALITY,
        level=BONUS,
        name=gettext_lazy("Is really interested in what we do"),
        why=gettext_lazy(
            "Experience can be made up for by curiosity: who cares for the thing learns it by themselves."
        ),
        hint=gettext_lazy("Have they looked at the shop, and do they ask about it without being asked to?"),
        anchors={
            1: gettext_lazy("Has not looked at the shop; any other would do as well."),
            3: gettext_lazy("Has looked around and can say what we sell and to whom."),
            5: gettext_lazy("Uses or follows such things, and brings a question or an idea about ours."),
        },
        tested=("question", "phone", "interview"),
        questions=(
            gettext_lazy("What did you notice when you looked at our shop as a customer?"),
            gettext_lazy("Why does good service matter to people who buy what we sell?"),
        ),
    ),
    Suggestion(
        key="internet",
        kind=QUALITY,
        level=NICE,
        name=gettext_lazy("Has reliable internet where they work"),
        why=gettext_lazy("A chat that breaks off is a customer who waits."),
        hint=gettext_lazy(
            "A fact: which connection, and what happens when it fails. Pay for a better one if that is all."
        ),
        anchors={
            1: gettext_lazy("No connection one can count on, and no way to get one."),
            3: gettext_lazy("A connection that mostly holds, or one that can be had by the first day."),
            5: gettext_lazy("A connection that holds, and another way when it is down."),
        },
        tested=("question", "phone"),
        questions=(gettext_lazy("Which internet connection would you work with, and what if it is down?"),),
    ),
    Suggestion(
        key="desk",
        kind=QUALITY,
        level=NICE,
        name=gettext_lazy("Has a place to work undisturbed"),
        why=gettext_lazy("Customers hear a noisy room, and people tire in one."),
        hint=gettext_lazy(
            "A fact: is there such a place? It need not be at home. Never ask who else lives there."
        ),
        anchors={
            1: gettext_lazy("No place where one can work undisturbed."),
            3: gettext_lazy("A place for some hours of the day, or one that can be arranged."),
            5: gettext_lazy("A place for all of these hours, with a desk and quiet for calls."),
        },
        tested=("question", "phone"),
        questions=(gettext_lazy("Where would you work, and can you talk to a customer there in peace?"),),
    ),
)
REMOTE = {"internet", "desk"}  # asked of those who work elsewhere

SUGGESTIONS = SKILLS + QUALITIES
BY_KEY = {suggestion.key: suggestion for suggestion in SUGGESTIONS + MORE}
# More than four things nobody may lack, and hardly anybody is left.
MOST_MUSTS = 4


def offered(there, *, remote: bool) -> list[Suggestion]:
    """What is not on a list with the keys `there`; what only counts elsewhere is offered for such work."""
    left = [s for s in SUGGESTIONS + MORE if s.key not in set(there)]
    return [s for s in left if remote or s.key not in REMOTE]
