"""What an applicant sent, without what tells who they are, for reading while names are hidden."""

import re
import unicodedata

from django.utils.translation import gettext as _

from hiring import answers, corrections
from hiring.models import Stage
from vault import folding

HIDDEN = "▒▒▒"
READING = {"waiting", "running"}  # the text of a file is not there yet
PICTURES = {"png", "jpeg"}
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SITES = r"linkedin|xing|facebook|instagram|twitter|x|tiktok|youtube|behance|medium|github|gitlab|vk|weibo|t"
_LINK = re.compile(
    rf"(?:https?://|www\.)\S+|(?<![\w.])(?:[a-z]{{2,3}}\.)?(?:{_SITES})\.(?:com|org|net|me)/\S+|(?<![\w.])@\w{{3,}}",
    re.IGNORECASE,
)
# A run of at least seven digits with the marks people put between them: a phone number, not a year or a range.
_PHONE = re.compile(r"(?<!\w)\+?\d(?:[ ()./-]{0,2}\d){6,14}(?!\w)")
# A word with its vowel signs and joiners; apostrophes and hyphens part a name ("O'Brien" is found as "Brien" too).
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u200c\u200d])+")
# Thai, Lao, Burmese and Khmer; kana, Han; Hangul takes its particles without a space.
_UNSPACED_RUN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]+"
)
# Arabic and Hebrew write these small words onto the next one.
_JOINED = frozenset("و ف ب ل ك ال وال بال لل ו ה ב ל מ ש כ וה ול וב ומ וש של".split())
_YEARS = re.compile(r"(?:19|20)\d\d\D{1,3}(?:19|20)\d\d")


def mask(text: str, *, name: str) -> str:
    """`text` with addresses, links, phone numbers and every word of the name covered, however it is spelt."""
    text, name = (unicodedata.normalize("NFC", words) for words in (text, name))
    text = _PHONE.sub(_unless_years, _LINK.sub(HIDDEN, _MAIL.sub(HIDDEN, text)))
    text = _cover_unspaced(text, name)
    hidden = {word for word in map(folding.sort_key, _WORD.findall(name)) if len(word) > 1}
    telling = {word for word in set(_WORD.findall(text)) if _tells(word, hidden)}
    return _WORD.sub(lambda found: HIDDEN if found[0] in telling else found[0], text) if telling else text


def _tells(word: str, hidden: set) -> bool:
    """Is this word of the text one of the name's, without accents, or behind a joined "and", "the", "to"?"""
    plain = folding.sort_key(word)
    return plain in hidden or any(plain.endswith(name) and plain[: -len(name)] in _JOINED for name in hidden)


def _cover_unspaced(text: str, name: str) -> str:
    """Names of scripts that put nothing between words: found inside a run, with or without the space in the name."""
    runs = _UNSPACED_RUN.findall(name)
    either = {r"\s?".join(map(re.escape, "".join(runs))), *(re.escape(run) for run in runs if len(run) > 1)}
    found = sorted(either - {""}, key=len, reverse=True)
    return re.sub("|".join(found), HIDDEN, text) if found and len("".join(runs)) > 1 else text


def _unless_years(found) -> str:
    return found[0] if _YEARS.fullmatch(found[0]) else HIDDEN


def sent(application, given) -> dict:
    """For hiring/_sent.html: CV, letter and answers as this reader may see them now."""
    cv, letter, hidden = application.cv, application.letter, application.name_hidden
    words = application.cv_text or (cv.text if cv else "")
    letter_words = "\n\n".join(filter(None, [application.cover_letter, letter.text if letter else ""]))

    def shown(text):
        return mask(text, name=application.name) if hidden else text

    return {
        "cv_words": shown(words),
        "cv_sentence": "" if words else without_words(cv),
        "original_open": may_open_original(application),
        "letter": shown(letter_words),
        "letter_sentence": "" if letter_words or letter is None else without_words(letter),
        "letter_open": may_open(application, letter),
        "answers": [_answer(application, answer, shown) for answer in given],
        "corrections": corrections.said(application, given),
    }


def _answer(application, answer, shown) -> dict:
    """`file` is the number of the answer whose file may be opened now."""
    text = answer.file.text if answer.file else ""
    return {
        "label": answer.question.label,
        "words": shown(answers.words(answer)),
        "text": shown(text),
        "file": answer.pk if may_open(application, answer.file) else None,
        "kind": answer.kind,
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
        return _("The CV is a picture, without text that could be read: look at it as it is.")
    return _("This file has no text, probably it is a scan: look at it as it is.")


def may_open_original(application) -> bool:
    """Not while the name is hidden; a file whose text could not be read opens as it is, there is no other way."""
    return may_open(application, application.cv, typed=application.cv_text)


def may_open(application, stored, *, typed="") -> bool:
    """The same of any file of theirs; `typed` is what stands for it in words."""
    if stored is None:
        return False
    unreadable = not stored.text and stored.text_state not in READING and not typed
    return unreadable or not application.name_hidden


def answers_of(application) -> list:
    """What was left empty is told after a decision, not while the CV is read."""
    undecided = application.standing == Stage.CV and application.later_at is None
    return [row for row in answers.of(application) if row.text or not undecided]
