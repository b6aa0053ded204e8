"""How the trail tells what was asked and counted."""

from django.utils.translation import gettext_lazy as _

from accounts.trail_words import register, register_kind

KINDS = {
    "readiness": _("Readiness"),
    "import": _("Imports"),
    "bridge": _("Bridge plans"),
    "after": _("Before and after"),
}
SENTENCES = {
    "readiness.answered": _("%(who)s answered the readiness questions"),
    "readiness.weighed": _("%(who)s changed what counts how much for the readiness answer"),
    "readiness.asked": _("%(who)s asked to be reminded of the readiness check"),
    "readiness.not_asked": _("%(who)s took the reminder of the readiness check back"),
    "import.received": _("%(who)s uploaded a file of numbers"),
    "import.started": _("%(who)s started an import"),
    "import.counted": _("%(who)s had a file counted"),
    "import.chosen": _("%(who)s chose which file counts"),
    "import.cancelled": _("%(who)s cancelled an import"),
    "import.deleted": _("%(who)s deleted an import"),
    "import.put_back": _("%(who)s put a deleted import back"),
    "readiness.deleted": _("%(who)s deleted an answer of the check"),
    "bridge.begun": _("%(who)s began a bridge plan"),
    "bridge.ticked": _("%(who)s ticked off a step of a bridge plan"),
    "bridge.opened": _("%(who)s opened a step of a bridge plan again"),
    "bridge.changed": _("%(who)s changed a bridge plan"),
    "bridge.went_on": _("%(who)s gave a bridge plan another four weeks"),
    "bridge.ended": _("%(who)s ended a bridge plan"),
    "bridge.reopened": _("%(who)s took a bridge plan up again"),
    "bridge.taken_back": _("%(who)s took a change of a bridge plan back"),
    "bridge.deleted": _("%(who)s deleted a bridge plan"),
    "bridge.put_back": _("%(who)s put a deleted bridge plan back"),
    "after.begun": _("%(who)s began a comparison of before and after a hire"),
    "after.changed": _("%(who)s changed a comparison of before and after a hire"),
    "after.hours": _("%(who)s wrote down the hours of a week"),
    "after.taken_back": _("%(who)s took a change of before and after back"),
    "readiness.put_back": _("%(who)s put a deleted answer of the check back"),
}


def say():
    for noun, name in KINDS.items():
        register_kind(noun, name)
    for action, sentence in SENTENCES.items():
        register(action, sentence)
