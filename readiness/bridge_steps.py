"""The steps a bridge plan begins with, as data with keys: the reader's language speaks until a shop rewrites them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from readiness.models import Bridge


@dataclass(frozen=True)
class Known:
    """`about`: one sentence under the step; `page`: the name of an address that helps with it."""

    key: str
    text: object
    about: object = ""
    page: str = ""


STEPS = {
    Bridge.SELF_SERVICE: (
        Known(
            "faq", _("Put up a page with the most common questions"), _("Answer them below, then copy them.")
        ),
        Known(
            "videos",
            _("Record short guides on video"),
            _("For what is easier to show than to say: two minutes each."),
        ),
        Known(
            "blog",
            _("Write on your blog about what needs more words"),
            _("Choosing, caring, returning: one article each."),
        ),
        Known(
            "links",
            _("Link all of it where people get stuck"),
            _("On the product, at the checkout and in the order mail."),
        ),
        Known(
            "first_answer",
            _("Link it in your automatic first answer"),
            _("Many find the answer before you read the question."),
        ),
        Known(
            "still_asked",
            _("After two weeks, note what is still asked"),
            _("Those are the next questions for the page."),
        ),
    ),
    Bridge.CHATBOT: (
        Known(
            "choose",
            _("Try one help desk for a week"),
            _("The calculator shows what it asks a month."),
            "readiness:help_desks",
        ),
        Known(
            "replies",
            _("Write ready replies to the five commonest questions"),
            _("In your own words, as you would answer a friend."),
        ),
        Known(
            "receipt",
            _("Let an automatic first answer say when you reply"),
            _("Who knows when to expect you does not ask twice."),
        ),
        Known(
            "bot",
            _("Let a chatbot answer what has one right answer"),
            _("Opening hours, delivery, returns: nothing that needs judgement."),
        ),
        Known("person", _("Keep a person one click away"), _("Nobody should have to argue with a machine.")),
        Known(
            "read",
            _("After a week, read twenty of its answers"),
            _("Correct what is wrong, and switch off what it cannot do."),
        ),
    ),
    Bridge.OUTSOURCE: (
        Known(
            "limits",
            _("Write down what they may answer alone"),
            _("And what comes to you: refunds, complaints, the press."),
        ),
        Known(
            "offers",
            _("Ask two or three for an offer"),
            _("Tell them your messages a week, your hours and your languages."),
            "readiness:costs",
        ),
        Known(
            "agree", _("Agree on fee, hours, and how either side ends it"), _("A month's notice is common.")
        ),
        Known(
            "data",
            _("Agree in writing what they may do with customers' data"),
            _("They see names and addresses, and may use them for nothing else."),
        ),
        Known("access", _("Give them an account of their own"), _("Never your password.")),
        Known(
            "read",
            _("Read their first twenty answers"),
            _("Correct them kindly and at once: that is where they learn your tone."),
        ),
    ),
}
BY_KEY = {(kind.value, known.key): known for kind, steps in STEPS.items() for known in steps}


def known_of(step) -> Known | None:
    """The catalogue's step behind a row; None for one's own."""
    return BY_KEY.get((step.plan.kind, step.key))


def label(step) -> str:
    known = known_of(step)
    return step.text or str(known.text if known else step.key)
