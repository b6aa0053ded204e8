"""Ready texts for the places an advert goes: plain, in the language that is active, as long as the place bears."""

from django.utils.translation import gettext as _

from hiring import wording

LINKEDIN, FRIEND, NOTICE, OWN = "linkedin", "friend", "notice", "own"
BOARD = "board"  # any other place: boards show a whole advert
# Characters. A post is cut at 3,000 and read to 1,300; a message, a line of print and one on a page are short.
LONGEST = {LINKEDIN: 1300, FRIEND: 600, NOTICE: 600, OWN: 600, BOARD: 3000}


def text(job, channel: str, address: str) -> str:
    """What to paste there; its last line is `address`. What does not fit is left out, whole parts at a time."""
    kind = channel if channel in LONGEST else BOARD
    lead, *more = [part for part in PARTS[kind](job) if part]
    room = LONGEST[kind] - len(lead) - len(address) - 1
    kept = [lead]
    for part in more:
        if len(part) + 2 <= room:
            kept.append(part)
            room -= len(part) + 2
    between = "\n\n" if kind in {LINKEDIN, BOARD} else "\n"
    return between.join(kept) + f"\n{address}"


def _values(job) -> dict:
    return {"title": job.title, "company": job.company.name}


def _facts(job) -> str:
    return " · ".join(fact.text for fact in wording.facts(job))


def _linkedin(job):
    yield _(
        "We are looking for somebody who answers our customers at %(company)s: %(title)s. You would be the voice of"
        " the shop. Do you know somebody who likes helping people and writes well?"
    ) % _values(job)
    yield _facts(job)
    yield " ".join(job.why_us.split())


def _friend(job):
    yield _(
        "Hi! I am looking for a support person for %(company)s: %(title)s. Does anybody come to your mind who is"
        " friendly, writes well and would like this? Here is everything:"
    ) % _values(job)


def _notice(job):
    yield _("%(company)s is looking for: %(title)s") % _values(job)
    yield _facts(job)
    yield _("Read everything and apply here:")


def _own(job):
    yield _("Work with us: %(title)s") % _values(job)
    yield _facts(job)


def _board(job):
    yield _("%(title)s at %(company)s") % _values(job)
    yield _facts(job)
    yield "\n".join(wording.lines(job.summary))
    yield _listed(_("What you will do"), job.responsibilities)
    yield _listed(_("Why work with us"), job.why_us)
    yield _listed(_("About us"), job.about_company)


def _listed(heading, words) -> str:
    lines = wording.lines(words)
    return "\n".join([heading, *(f"- {line}" for line in lines)]) if lines else ""


PARTS = {LINKEDIN: _linkedin, FRIEND: _friend, NOTICE: _notice, OWN: _own, BOARD: _board}
