"""How the trail tells what happened in an onboarding."""

from django.utils.translation import gettext_lazy as _

from accounts.trail_words import register, register_kind

KINDS = {
    "onboarding": _("Onboarding"),
    "step": _("Steps of a plan"),
    "ask": _("Questions of new hires"),
    "wording": _("Agreed texts"),
    "setup": _("Set-up lists"),
    "example": _("Example replies"),
    "tone": _("How the shop sounds"),
    "goal": _("Goals"),
    "plan": _("Plans to begin with"),
    "day_off": _("Days off"),
}
SENTENCES = {
    "onboarding.started": _("%(who)s began a plan"),
    "onboarding.probation_set": _("%(who)s changed the end of somebody's probation"),
    "onboarding.missed_settled": _("%(who)s said what became of missed steps"),
    "day_off.added": _("%(who)s added a day off"),
    "day_off.removed": _("%(who)s took a day off away"),
    "plan.made": _("%(who)s made a plan to begin with"),
    "plan.renamed": _("%(who)s renamed a plan"),
    "plan.saved": _("%(who)s saved a new version of a plan"),
    "plan.default": _("%(who)s chose the plan that new hires get"),
    "plan.deleted": _("%(who)s deleted a plan"),
    "plan.put_back": _("%(who)s put a deleted plan back"),
    "onboarding.cancelled": _("%(who)s ended a plan"),
    "onboarding.start_moved": _("%(who)s changed the first day of a plan"),
    "onboarding.handed_over": _("%(who)s gave the plans of somebody who left to an owner"),
    "onboarding.details_set": _("%(who)s changed the details of a first day"),
    "onboarding.step_added": _("%(who)s added a step to a plan"),
    "step.changed": _("%(who)s changed a step of a plan"),
    "step.leave_out": _("%(who)s left a step out of a plan"),
    "step.put_back": _("%(who)s put a step back into a plan"),
    "step.taken_back": _("%(who)s took the change of a step back"),
    "onboarding.taken_back": _("%(who)s took a change of a plan back"),
    "step.unreturn": _("%(who)s took the sending back of a step back"),
    "step.tick": _("%(who)s did a step"),
    "step.untick": _("%(who)s opened a step again"),
    "step.give": _("%(who)s handed a step over"),
    "step.take_back": _("%(who)s took a step back"),
    "step.receive": _("%(who)s received a step"),
    "step.unreceive": _("%(who)s took the receiving of a step back"),
    "step.send_back": _("%(who)s sent a step back"),
    "step.skip": _("%(who)s skipped a step"),
    "step.unskip": _("%(who)s put a skipped step back"),
    "ask.asked": _("%(who)s asked a question"),
    "ask.taken_back": _("%(who)s took an answer back"),
    "ask.answered": _("%(who)s answered a question"),
    "wording.written": _("%(who)s wrote a new version of a text"),
    "setup.done": _("%(who)s set something up"),
    "example.added": _("%(who)s wrote an example reply"),
    "example.changed": _("%(who)s changed an example reply"),
    "example.checked": _("%(who)s looked for names in an example reply"),
    "example.archived": _("%(who)s put an example reply away"),
    "example.put_back": _("%(who)s put an example reply back"),
    "tone.changed": _("%(who)s changed how the shop sounds"),
    "onboarding.settled": _("%(who)s said that the first weeks are over"),
    "onboarding.goals_opened": _("%(who)s opened goals before the plan was done"),
    "onboarding.learned": _("%(who)s wrote down what was learned for the next hire"),
    "goal.set": _("%(who)s set a goal"),
    "goal.changed": _("%(who)s changed a goal"),
    "goal.ended": _("%(who)s ended a goal"),
    "goal.read": _("%(who)s wrote a number of a goal down"),
    "goal.corrected": _("%(who)s corrected a number of a goal"),
    "goal.removed": _("%(who)s took a number of a goal off"),
    "goal.taken_back": _("%(who)s took a change of a goal back"),
    "setup.undone": _("%(who)s opened a thing to set up again"),
    "setup.changed": _("%(who)s changed a set-up list"),
    "setup.added": _("%(who)s put something on a set-up list"),
    "setup.taken_off": _("%(who)s took something off a set-up list"),
    "setup.put_back": _("%(who)s put something back on a set-up list"),
    "setup.not_needed": _("%(who)s said that something need not be set up"),
    "setup.needed": _("%(who)s said that something has to be set up after all"),
    "setup.first_answered": _("%(who)s said whether it is the first employee"),
    "setup.country_taken": _("%(who)s took the set-up list of another country"),
    "setup.taken_back": _("%(who)s took the list of another country back"),
}


def say():
    for noun, name in KINDS.items():
        register_kind(noun, name)
    for action, sentence in SENTENCES.items():
        register(action, sentence)
