"""What an applicant sent, without what tells who they are, for reading while names are hidden."""

import re

from django.utils.translation import gettext as _

HIDDEN = "▒▒▒"
READING = {"waiting", "running"}  # the text of a file is not there yet
PICTURES = {"png", "jpeg"}
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# A run of at least seven digits with the marks people put between them: a phone number, not a year or a range.
_PHONE = re.compile(r"(?<!\w)\+?\d(?:[ ()./-]{0,2}\d){6,14}(?!\w)")
_YEARS = re.compile(r"(?:19|20)\d\d\D{1,3}(?:19|20)\d\d")


def mask(text: str, *, name: str) -> str:
    """`text` with addresses, links, phone numbers and every word of the name covered."""
    text = _PHONE.sub(_unless_years, _LINK.sub(HIDDEN, _MAIL.sub(HIDDEN, text)))
    words = sorted({word for word in re.split(r"[\s,.-]+", name) if len(word) > 1}, key=len, reverse=True)
    if not words:
        return text
    either = "|".join(re.escape(word) for word in words)
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", HIDDEN, text, flags=re.IGNORECASE)


def _unless_years(found) -> str:
    return found[0] if _YEARS.fullmatch(found[0]) else HIDDEN


def sent(application, answers) -> dict:
    """For hiring/_sent.html: CV, letter and answers as this reader may see them now."""
    cv, hidden = application.cv, application.name_hidden
    words = application.cv_text or (cv.text if cv else "")

    def shown(text):
        return mask(text, name=application.name) if hidden else text

    return {
        "cv_words": shown(words),
        "cv_sentence": "" if words else without_words(cv),
        "original_open": may_open_original(application),
        "letter": shown(application.cover_letter),
        "answers": [(answer.question.label, shown(answer.text)) for answer in answers],
    }


def without_words(cv) -> str:
    """Why there is no text of the CV to read, in a sentence, and what to do instead."""
    if cv is None:
        return _("No CV was sent. Decide from the letter and the answers.")
    if cv.text_state in READING:
        return _("The text of the CV is being read. Load the page again in a moment.")
    if cv.text_problem:
        return cv.text_problem
    if cv.kind in PICTURES:
        return _("The CV is a picture, without text that could be read: open it as it is.")
    return _("This file has no text, probably it is a scan: open it as it is.")


def may_open_original(application) -> bool:
    """Not while the name is hidden; a file whose text could not be read opens as it is, there is no other way."""
    cv = application.cv
    if cv is None:
        return False
    unreadable = not cv.text and cv.text_state not in READING and not application.cv_text
    return unreadable or not application.name_hidden


def answers_of(application) -> list:
    return list(application.answers.select_related("question").order_by("question__position"))
