"""What a plan tells (mailroom.told): something given, a question and its answer, a step that is late."""

from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from mailroom import told
from mailroom.models import How
from onboarding.kinds import SETTLED, Part, State
from onboarding.models import Goal, Onboarding, Question, Step

GIVEN, ASKED, LATE, LOOKED, ANSWERED = "given", "question", "late", "looked", "answered"
REACHED, WAITS, EVENING = "goal", "question_waits", "evening"
ENDS = ("given", "returned", "approved", "question", "answer", "late", "goal", "waits", "step_in", "evening")
LETTERS = {f"onboarding_{end}" for end in ENDS}
NOUNS = {ASKED: "ask", ANSWERED: "ask", WAITS: "ask", EVENING: "onboarding", REACHED: "goal"}
BOSSES = (Role.OWNER, Role.MANAGER)
BUDDIES = (*BOSSES, Role.INTERVIEWER)
NEW = (Role.HIRE, Role.INTERVIEWER, Role.MANAGER)  # a member of the team may be new in a job too


def register() -> None:
    rows = [
        (ASKED, gettext_lazy("A new colleague asks you something"), BOSSES, questions),
        (WAITS, gettext_lazy("A question of a new colleague has waited for an hour"), BUDDIES, questions),
        (EVENING, gettext_lazy("How the first day of a new colleague went"), BOSSES, evenings),
        (GIVEN, gettext_lazy("A reply or a paper of a new colleague waits for you"), BUDDIES, given),
        (LATE, gettext_lazy("A step of a plan is late, and it is your turn"), Role.values, late),
        (ANSWERED, gettext_lazy("Your question as a new colleague was answered"), NEW, answers),
        (LOOKED, gettext_lazy("Somebody has looked at what you gave"), NEW, looked),
        (REACHED, gettext_lazy("A goal is reached"), Role.values, goals),
    ]
    told.letters.update(LETTERS)
    for key, label, roles, look in rows:
        noun = NOUNS.get(key, "step")
        told.register(key, label=label, default=How.ONCE, roles=roles, look=look, noun=noun)


# -- what has been seen to


def moved(step, after) -> None:
    """Whoever was waited for has done it; `step.state` is still the one before."""
    kinds = [GIVEN] if step.state == State.SUBMITTED else []
    if step.due_on < timezone.now().date() and after in {State.SUBMITTED, *SETTLED}:
        kinds.append(LATE)
    if kinds:
        told.handled(*kinds, company_id=step.company_id, about=step.pk)


def not_late(step) -> None:
    """Its day is another one: what was said of the old day is over."""
    told.handled(LATE, company_id=step.company_id, about=step.pk)


def not_given(step) -> None:
    told.withdraw(kind=GIVEN, company_id=step.company_id, about=step.pk)


def not_looked(step) -> None:
    told.withdraw(kind=LOOKED, company_id=step.company_id, about=step.pk)


def not_answered(question) -> None:
    told.withdraw(kind=ANSWERED, company_id=question.company_id, about=question.pk)


def not_reached(goal) -> None:
    told.withdraw(kind=REACHED, company_id=goal.company_id, about=goal.pk)


def answered(question) -> None:
    told.handled(ASKED, WAITS, company_id=question.company_id, about=question.pk)


# -- what it is now, and who may see it


def _readers(members, onboarding) -> set[int]:
    """As Onboarding.visible_to says for each: bosses, the new colleague and the buddy."""
    own = {onboarding.hire_id, onboarding.buddy_id}
    return {member.pk for member in members if member.is_boss or member.pk in own}


def _step_readers(members, step) -> set[int]:
    """As Step.visible_to says for each: bosses, and who plays a part in it."""
    plan, parts = step.onboarding, (step.owner, step.partner)
    own = {plan.hire_id} if Part.HIRE in parts else set()
    own |= {plan.buddy_id} if Part.BUDDY in parts else set()
    return {member.pk for member in members if member.is_boss or member.pk in own}


def _steps(members, pks, handled, say) -> dict[int, told.Thing]:
    rows = Step.objects.for_company(members[0].company_id).running().filter(pk__in=pks)
    return {
        step.pk: told.Thing(
            _step_readers(members, step),
            handled(step),
            reverse("onboarding:step", args=[step.pk]),
            partial(say, step),
        )
        for step in rows.select_related("onboarding__hire").in_order()
    }


def given(members, pks) -> dict[int, told.Thing]:
    return _steps(members, pks, lambda step: step.state != State.SUBMITTED, _say_given)


def late(members, pks) -> dict[int, told.Thing]:
    return _steps(members, pks, lambda step: step.settled or step.missed, _say_late)


def looked(members, pks) -> dict[int, told.Thing]:
    return _steps(members, pks, lambda step: step.state == State.SUBMITTED, _say_looked)


def _say_given(step, reader) -> str:
    return _("%(name)s waits for you: %(step)s.") % {"name": step.onboarding.hire, "step": step.label}


def _say_late(step, reader) -> str:
    if reader.pk == step.onboarding.hire_id:
        return _("Still open: %(step)s.") % {"step": step.label}
    values = {"name": step.onboarding.hire, "step": step.label}
    return _("In the plan of %(name)s it is your turn: %(step)s.") % values


def _say_looked(step, reader) -> str:
    if step.state == State.RETURNED:
        return _("It came back to you with a note: %(step)s.") % {"step": step.label}
    return _("Good to go: %(step)s.") % {"step": step.label}


def _questions(members, pks):
    rows = Question.objects.for_company(members[0].company_id).filter(
        pk__in=pks, onboarding__cancelled_at=None
    )
    people = ("onboarding__hire", "onboarding__manager__answer_hours", "answered_by")
    return rows.select_related(*people).order_by("pk")


def questions(members, pks) -> dict[int, told.Thing]:
    return {
        row.pk: told.Thing(
            _readers(members, row.onboarding) | _steps_in(members, row.onboarding),
            row.answered_at is not None,
            reverse("onboarding:answer", args=[row.pk]),
            partial(_say_asked, row),
        )
        for row in _questions(members, pks)
    }


def _steps_in(members, onboarding) -> set[int]:
    named = getattr(onboarding.manager, "answer_hours", None)
    return {member.pk for member in members if named and member.pk == named.stand_in_id}


def evenings(members, pks) -> dict[int, told.Thing]:
    rows = Onboarding.objects.for_company(members[0].company_id).running().filter(pk__in=pks)
    return {
        row.pk: told.Thing(
            {member.pk for member in members if member.is_boss and member.pk != row.hire_id},
            False,
            reverse("onboarding:plan", args=[row.pk]),
            partial(_say_evening, row),
        )
        for row in rows.select_related("hire").order_by("pk")
    }


def answers(members, pks) -> dict[int, told.Thing]:
    return {
        row.pk: told.Thing(
            {row.onboarding.hire_id},
            False,
            reverse("onboarding:ask"),
            partial(_say_answered, row),
        )
        for row in _questions(members, pks)
    }


def _say_asked(question, reader) -> str:
    return _("%(name)s has a question for you.") % {"name": question.onboarding.hire}


def _say_evening(onboarding, reader) -> str:
    return _("The first day of %(name)s is over.") % {"name": onboarding.hire}


def _say_answered(question, reader) -> str:
    return _("%(name)s has answered your question.") % {"name": question.answered_by or ""}


def goals(members, pks) -> dict[int, told.Thing]:
    rows = Goal.objects.for_company(members[0].company_id).running().filter(pk__in=pks)
    return {
        goal.pk: told.Thing(
            {m.pk for m in members if m.is_boss or m.pk == goal.onboarding.hire_id},
            goal.reached_at is None,
            reverse("onboarding:goal", args=[goal.pk]),
            partial(_say_reached, goal),
        )
        for goal in rows.select_related("onboarding__hire").order_by("pk")
    }


def _say_reached(goal, reader) -> str:
    return _("A goal is reached: %(goal)s.") % {"goal": goal.label}
