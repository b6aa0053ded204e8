"""What onboarding keeps of people (vault.keep). Bank, identity and tax numbers only where an owner wants it."""

from django.utils.translation import gettext_lazy as _

from onboarding import keeping_meetings, keeping_replies, models
from vault import keep
from vault.models import StoredFile

WITH_PLAN = _("2 years after the plan began, or until the person asks")
OF_THE_HIRE = {"retention": WITH_PLAN, "export": True, "erase": "delete"}
OF_A_STEP = OF_THE_HIRE | {"of": {"member": "step__onboarding__hire"}}
OF_A_PLAN = OF_THE_HIRE | {"of": {"member": "onboarding__hire"}}
OF_THE_SHOP = {"retention": _("as long as the company"), "export": False, "erase": "keep", "of": {}}


def register() -> None:
    keep.seen_by("onboarding", _("Owners and managers; the person and their buddy"))
    for word, model in (("onboarding", models.Onboarding), ("step", models.Step), ("ask", models.Question)):
        keep.called(word, model)
    keep.called("wording", models.Wording)
    keep.called("example", models.Example)
    keep.called("tone", models.Tone)
    keep.called("goal", models.Goal)
    keep.called("friction", models.Friction)
    keep.called("answer_hours", models.AnswerHours)
    _plans()
    _shop()
    _steps()
    _accounts()
    _papers()
    _words()
    keeping_replies.register()
    _library()
    _goals()
    _friction()
    _together()
    keeping_meetings.register()
    keep.tie(StoredFile, "member", _contract)


def _plans():
    keep.register(
        models.Onboarding,
        purpose=_("Lead a new colleague through the first 90 days"),
        **OF_THE_HIRE,
        of={"member": "hire"},
        personal=["phone", "place", "bring", "note", "cancel_reason"],
        hidden=["reference", "contract_file_id", "documents", "version"],
    )
    begin = _("Begin every plan alike")
    keep.register(models.DayOff, purpose=_("Know when nobody works"), **OF_THE_SHOP, plain=["name"])
    keep.register(models.PlanTemplate, purpose=begin, **OF_THE_SHOP, plain=["name"])
    keep.register(models.PlanVersion, purpose=begin, **OF_THE_SHOP, plain=["note"])
    keep.register(models.TemplateStep, purpose=begin, **OF_THE_SHOP, plain=["body"])


def _contract(pk):
    """The signed contract; whether it may go with the person is for hiring to say."""
    plans = models.Onboarding.objects.filter(hire=pk).exclude(contract_file_id=None)
    return StoredFile.objects.filter(pk__in=plans.values("contract_file_id"))


def _shop():
    ready = _("Get the shop ready while it hires")
    keep.called("setup", models.SetupList)
    keep.called("setup_item", models.SetupItem)
    keep.register(models.SetupList, purpose=ready, **OF_THE_SHOP, plain=["support_address"])
    keep.register(
        models.SetupItem,
        purpose=ready,
        retention=_("as long as the company"),
        export=True,
        erase="blank",
        of={"member": "done_by"},
        personal=["done_by"],
        plain=["note"],
    )


def _accounts():
    keep.called("account_given", models.AccountGiven)
    keep.register(
        models.AccountGiven,
        purpose=_("Take back every account when somebody leaves"),
        **OF_A_PLAN,
        personal=["title", "may"],
    )


def _papers():
    keep.called("paper", models.Paper)
    purpose = _("Bring bank, identity and tax numbers to the payroll, where an owner has switched it on")
    keep.register(models.PaperStore, purpose=purpose, **OF_THE_SHOP)
    keep.register(
        models.Paper,
        purpose=purpose,
        retention=_("30 days after the first day, or the day an owner sets; seen by owners alone"),
        export=True,
        erase="delete",
        of={"member": "onboarding__hire"},
        personal=["value"],
        hidden=["value"],  # a copy lies on a disk: it says that there is a number, and its last signs
        besides=lambda row: {_("number"): row.masked},
    )


def _steps():
    purpose = _("Say what a new colleague does on which day")
    keep.register(
        models.Step,
        purpose=purpose,
        **OF_A_PLAN,
        personal=["body", "message", "skip_reason", "change_reason"],
    )
    keep.register(models.StepEvent, purpose=_("Show who did what in a plan"), **OF_A_STEP, personal=["note"])
    keep.register(models.StepAnswer, purpose=purpose, **OF_A_STEP, personal=["body", "filled"])
    keep.register(
        models.Review, purpose=_("Help with practice replies"), **OF_A_STEP, personal=["body", "comment"]
    )
    keep.register(models.Reminder, purpose=_("Remind of a late step once only"), **OF_A_STEP)


def _words():
    keep.register(
        models.AnswerHours,
        purpose=_("Say when somebody answers questions, and who steps in"),
        retention=_("as long as the person is in the team"),
        export=True,
        erase="delete",
        of={"member": "member"},
    )
    keep.register(models.Wording, purpose=_("Agree on what is expected"), **OF_A_PLAN, personal=["body"])
    keep.register(
        models.Acknowledgement,
        purpose=_("Show which words somebody has read"),
        **OF_A_PLAN,
        personal=["body"],
    )
    keep.register(
        models.Question,
        purpose=_("Answer a new colleague's questions"),
        **OF_A_PLAN,
        personal=["body", "answer"],
    )


def _library():
    show = _("Show new colleagues how the shop answers")
    words = ["message", "reply", "why"]
    keep.register(models.Example, purpose=show, **OF_THE_SHOP, plain=[*words, "search"], hidden=["search"])
    keep.register(models.ExampleVersion, purpose=show, **OF_THE_SHOP, plain=words)
    keep.register(models.Tone, purpose=show, **OF_THE_SHOP, plain=["says", "never", "sample"])


def _goals():
    purpose = _("Show how a goal and its number have moved")
    of_a_goal = OF_THE_HIRE | {"of": {"member": "goal__onboarding__hire"}}
    of_a_reading = OF_THE_HIRE | {"of": {"member": "reading__goal__onboarding__hire"}}
    keep.register(models.Goal, purpose=purpose, **OF_A_PLAN, personal=["name", "end_reason"])
    keep.register(models.GoalReading, purpose=purpose, **of_a_goal)
    keep.register(models.ReadingVersion, purpose=purpose, **of_a_reading)
    keep.register(
        models.Onward,
        purpose=_("Know when the first weeks are over"),
        **OF_A_PLAN,
        personal=["goals_reason"],
        hidden=["after_url"],
    )
    keep.register(
        models.Lesson,
        purpose=_("Do the next hire better"),
        **OF_A_PLAN,
        personal=["keep", "change", "drop", "longest"],
    )


def _friction():
    mend = _("See what customers stumble over, and mend it")
    keep.register(models.Friction, purpose=mend, **OF_THE_SHOP, plain=["body", "fix"])
    keep.register(models.Sighting, purpose=mend, **OF_THE_SHOP, plain=["example"], hidden=["mark"])
    keep.register(models.FrictionEvent, purpose=mend, **OF_THE_SHOP, plain=["note"])


def _together():
    keep.register(
        models.TogetherMail,
        purpose=_("Go through past e-mails with a new colleague"),
        **OF_A_PLAN | {"retention": _("the texts 90 days, that it was done as long as the plan")},
        personal=["message", "reply", "thinking", "answer"],
        hidden=["message_hash"],
    )
