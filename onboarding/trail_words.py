"""How the trail tells what happened in the first weeks."""

from django.utils.translation import gettext_lazy as _

from accounts.trail_words import register, register_kind

KINDS = {
    "onboarding": _("Onboarding"),
    "step": _("Steps"),
    "setup": _("Preparation"),
    "question": _("Questions"),
    "wording": _("Wordings"),
}
SENTENCES = {
    "onboarding.started": _("%(who)s started an onboarding"),
    "onboarding.step_added": _("%(who)s added a step to a plan"),
    "onboarding.start_moved": _("%(who)s moved a first day"),
    "onboarding.cancelled": _("%(who)s cancelled an onboarding"),
    "onboarding.details_set": _("%(who)s set the details of a first day"),
    "step.tick": _("%(who)s ticked a step"),
    "step.untick": _("%(who)s took a tick back"),
    "step.give": _("%(who)s gave what a step asks for"),
    "step.take_back": _("%(who)s took back what was given"),
    "step.receive": _("%(who)s received what a step asks for"),
    "step.unreceive": _("%(who)s took back that something was received"),
    "step.send_back": _("%(who)s sent a step back"),
    "step.skip": _("%(who)s left a step out"),
    "step.unskip": _("%(who)s took a step back in"),
    "setup.done": _("%(who)s prepared something for a first day"),
    "setup.undone": _("%(who)s took back that something is prepared"),
    "question.asked": _("%(who)s asked a question"),
    "question.answered": _("%(who)s answered a question"),
    "wording.written": _("%(who)s changed a wording"),
}


def say():
    for noun, name in KINDS.items():
        register_kind(noun, name)
    for action, sentence in SENTENCES.items():
        register(action, sentence)
