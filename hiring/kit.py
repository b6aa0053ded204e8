"""The kit of one interviewer: what to ask about each skill, what the numbers mean, and room for what was said."""

from hiring import cards, interview_questions, interview_times, kit_shares
from hiring.card_forms import ScorecardForm, SharesForm
from hiring.judging import requirements
from hiring.models.requirements import TestedIn

MINUTES = 60  # an interview's, unless another time was agreed
FIRST, LAST = 5, 10  # minutes for the first words, and for their questions and the last words
LEAST = 2  # minutes for one skill, however many there are


def form_of(application, member, data=None, *, card=None, handing_in=False) -> ScorecardForm:
    """The form of one's newest card as it stands, or of `data`; one that was handed in is amended."""
    rows = list(requirements(application))
    amending = bool(card) and (card.version > 1 or not card.is_draft)
    return ScorecardForm(data, requirements=rows, card=card, amending=amending, handing_in=handing_in)


def context(application, member, form, card) -> dict:
    """What the page shows of it; `form` may be a bound one that was refused."""
    times = interview_times.of(application)
    talk = interview_times.hosted(times, member)
    minutes = talk.minutes if talk else MINUTES
    parts, elsewhere = parts_of(form, shares(talk, member))
    return {
        "parts": parts,
        "elsewhere": elsewhere,
        "minutes": minutes,
        "each": share_of(minutes, len(parts)),
        "first": FIRST,
        "last": LAST,
        "talk": talk,
        "early": interview_times.not_begun(times),
        "first_words": interview_questions.FIRST_WORDS,
        "last_words": interview_questions.LAST_WORDS,
        "card": card,
        "kept_at": card.kept_at if card and card.is_draft else None,
        "form": form,
        "rated": rated(card),
    }


def share_of(minutes: int, parts: int) -> int:
    """Whole minutes for one of `parts` skills, when the first and last words have theirs."""
    return max(LEAST, (minutes - FIRST - LAST) // parts) if parts else 0


def parts_of(form, others: dict) -> tuple[list[dict], list[dict]]:
    """(skills asked about in the interview, those that show elsewhere). `others`: {requirement: who asks instead}."""
    found = [_part(form, *row) for row in form.rows]
    here = [part for part in found if TestedIn.INTERVIEW in part["row"].places]
    for part in here:
        part["other"] = others.get(part["row"].pk, "")
    here.sort(key=lambda part: bool(part["other"]))
    return here, [part for part in found if part not in here]


def _part(form, row, level, note) -> dict:
    first = {asked.code for asked in interview_questions.of(row)}
    asked = [(each, form[f"said_{row.pk}_{each.code}"]) for each in form.asked[row.pk]]
    return {
        "row": row,
        "level": level,
        "note": note,
        "questions": [field for each, field in asked if each.code in first or field.value()],
        "more": [field for each, field in asked if each.code not in first and not field.value()],
        "back": interview_questions.back(row),
        "other": "",
    }


def shares(talk, member) -> dict[int, str]:
    """{requirement: the name of a colleague who asks about it}; nothing without two hosts."""
    if talk is None:
        return {}
    rows = talk.shares.exclude(membership=member).filter(membership__removed_at=None)
    return {row.requirement_id: str(row.membership) for row in rows.select_related("membership")}


def sharing(application, member, data=None):
    """(the interview, the form of who asks about what); (None, None) where there are not two who sit in."""
    talk = interview_times.hosted(interview_times.of(application), member)
    hosts = kit_shares.hosts_of(talk)
    if not hosts:
        return None, None
    there = dict(talk.shares.values_list("requirement", "membership"))
    form = SharesForm(
        data, rows=kit_shares.rows_of(application), hosts=hosts, there=there, auto_id="share_%s"
    )
    return talk, form


def rated(card) -> int:
    """How many skills have a level, or "no evidence"."""
    return sum(not rating.unrated for rating in card.ratings.all()) if card else 0


def panel(application, member, times) -> dict:
    """What the person's page says of cards: one's own, and others' once it is in. `times` are all that stand."""
    rows = list(requirements(application))
    mine = cards.mine(application, member)
    is_in = bool(mine) and not (mine.is_draft and mine.version == 1)
    others = cards.opened(application, member) if is_in else []
    held = interview_times.among(times, application)
    return {
        "card": mine,
        "rated": rated(mine),
        "to_rate": len(rows),
        "early": interview_times.not_begun(held),
        "handed_in": bool(mine) and not mine.is_draft,
        "my_rows": _rows(mine, rows) if mine and not mine.is_draft else [],
        "others": [{"card": card, "rows": _rows(card, rows)} for card in others],
        "waiting_for_mine": not is_in and cards.closed(application, member),
    }


def _rows(card, rows) -> list[tuple]:
    ratings = {rating.requirement_id: rating for rating in card.ratings.all()}
    return [(row, ratings.get(row.pk)) for row in rows]
