import json

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from readiness.fields import DONT_KNOW, ChoiceField, NumberField

AGREEMENT = [
    ("0", pgettext_lazy("answer to a statement", "Not true")),
    ("1", pgettext_lazy("answer to a statement", "Hardly")),
    ("2", pgettext_lazy("answer to a statement", "Partly")),
    ("3", pgettext_lazy("answer to a statement", "Mostly")),
    ("4", pgettext_lazy("answer to a statement", "Very true")),
]
OLDEST = [
    ("0", pgettext_lazy("oldest unanswered message", "From today")),
    ("1", pgettext_lazy("oldest unanswered message", "From yesterday")),
    ("2.5", pgettext_lazy("oldest unanswered message", "2-3 days")),
    ("7", pgettext_lazy("oldest unanswered message", "A week or more")),
]
TREND = [
    ("fewer", pgettext_lazy("messages", "Fewer")),
    ("same", pgettext_lazy("messages", "The same")),
    ("more", pgettext_lazy("messages", "A bit more")),
    ("much_more", pgettext_lazy("messages", "A lot more")),
]
RATINGS = [
    ("better", pgettext_lazy("ratings", "Better")),
    ("same", pgettext_lazy("ratings", "The same")),
    ("worse", pgettext_lazy("ratings", "Worse")),
]
HELP = [("no", _("No, only me")), ("yes", pgettext_lazy("does anybody help", "Yes"))]
KEEPING_UP = [
    ("0", pgettext_lazy("are they keeping up", "Yes")),
    ("2", pgettext_lazy("are they keeping up", "Just about")),
    ("4", pgettext_lazy("are they keeping up", "No")),
]
AFFORD = [
    ("yes", pgettext_lazy("could the shop pay", "Yes")),
    ("some", pgettext_lazy("could the shop pay", "For some hours")),
    ("no", pgettext_lazy("could the shop pay", "No")),
]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class AnswersForm(forms.Form):
    """Questions that may all stay open. `answers()` is what was answered, plain values for JSON.

    The page carries what it was filled with (`seen`), so that two tabs do not fight: only what somebody changed
    on this page is kept, and whatever another tab has said since stays.
    """

    WHY: dict = {}

    def __init__(self, *args, answers=None, **kwargs):
        super().__init__(
            *args, initial=answers or {}, use_required_attribute=False, label_suffix="", **kwargs
        )
        self.known = self._of_this_page(answers or {})

    def _of_this_page(self, answers):
        return {name: answers.get(name) for name in self.fields}

    @property
    def seen(self):
        """What this page was filled with, for its hidden field: text, only ever compared."""
        if self.is_bound and not self.errors:
            return json.dumps(self._of_this_page(self.answers()))
        return self.data.get("seen") or json.dumps(self.known)

    def _was(self):
        """What the page said it was filled with; None when it did not, or said nonsense."""
        try:
            was = json.loads(self.data.get("seen", ""))
        except (ValueError, RecursionError):
            return None
        return self._of_this_page(was) if isinstance(was, dict) else None

    def changes(self):
        """The answers that differ from what the page was filled with."""
        was = self._was()
        return {name: value for name, value in self.answers().items() if was is None or was[name] != value}

    def of_others(self):
        """Labels of (what another tab said and this one replaced, what another tab said and this one leaves)."""
        was, mine = self._was(), self.answers()
        if was is None:
            return [], []
        theirs = [name for name in mine if self.known[name] != was[name] and self.known[name] != mine[name]]
        replaced = [self.fields[name].label for name in theirs if mine[name] != was[name]]
        return replaced, [self.fields[name].label for name in theirs if mine[name] == was[name]]

    def answers(self):
        """Every question of this page, None where it is open: a question that was emptied becomes open again."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields}

    def questions(self):
        """The bound fields as the page shows them."""
        return list(self)


class CheckForm(AnswersForm):
    """The two-minute check: ten cards."""

    breath = ChoiceField(
        label=_("I jump between tasks with no time to breathe"), choices=AGREEMENT, number=True
    )
    support_hours = NumberField(label=_("Hours a week you answer customers"), high=168)
    brand_hours = NumberField(
        label=_("Hours a week you build the shop"),
        help_text=_("Products, marketing, plans: all that makes the shop grow."),
        high=168,
    )
    messages_day = NumberField(
        label=_("Customer messages on a normal day"),
        help_text=_("Mail, chat, social media and calls together."),
        high=5000,
    )
    well_day = NumberField(
        label=_("How many a day can you answer well?"),
        help_text=_("In good time and the way you want it done, with everybody who helps you."),
        low=1,
        high=5000,
    )
    oldest_days = ChoiceField(label=_("The oldest message still unanswered is"), choices=OLDEST, number=True)
    trend = ChoiceField(label=_("Messages compared with three months ago"), choices=TREND)
    ratings = ChoiceField(label=_("Your ratings and reviews lately"), choices=RATINGS)
    help = ChoiceField(label=_("Does anybody already help you answer?"), choices=HELP)
    helpers = NumberField(label=_("How many?"), low=1, high=500)
    team_keeping_up = ChoiceField(label=_("Are they keeping up?"), choices=KEEPING_UP, number=True)
    afford = ChoiceField(label=_("Could the shop pay for help for six months?"), choices=AFFORD)
    handle_minutes = NumberField(label=_("Minutes a message takes"), low=0.1, high=480)

    WHY = {
        "breath": _("It is the first sign, and often clearer than any number."),
        "support_hours": _("More hours on customers than on the shop decide by themselves."),
        "brand_hours": _("It is what suffers while you answer, and what you would get back."),
        "messages_day": _("With the hours it says how long a message takes."),
        "well_day": _("More messages than you can answer well decide by themselves."),
        "oldest_days": _("Whoever waits longest shows whether the pile grows."),
        "trend": _("Hiring takes weeks: the answer is about the week somebody starts in."),
        "ratings": _("Reviews fall when answers come late or short."),
        "help": _("With a team the question is whether it should grow."),
        "helpers": _("Their hours are part of what can be answered."),
        "team_keeping_up": _("A team that cannot keep up is a sign by itself."),
        "afford": _("Half a year of pay is what a start needs; without it there are other ways."),
        "handle_minutes": _("Minutes times messages give the hours a week."),
    }

    CARDS = (
        "breath", "support_hours", "brand_hours", "messages_day", "well_day", "oldest_days", "trend", "ratings",
        "help", "afford",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["afford"].choices = [*AFFORD, (DONT_KNOW, _("Not sure"))]

    def cards(self):
        return [self[name] for name in self.CARDS]

    def answers(self):
        """Minutes are asked only where they can be worked out: not being asked leaves what was said before."""
        answers = super().answers()
        if "handle_minutes" not in self.data:
            answers.pop("handle_minutes", None)
        return answers

    def clean(self):
        """A box ticked "I don't know" wins over a number beside it."""
        for name in self.CARDS:
            if self.data.get(f"{name}-unknown"):
                self.errors.pop(name, None)
                self.cleaned_data[name] = None
        return self.cleaned_data


class OverloadForm(AnswersForm):
    available_hours = NumberField(
        label=_("Hours a week you can give to customers without the shop suffering"),
        help_text=_("With everybody who helps you."),
        low=0.5,
        high=500,
    )
    handle_minutes = NumberField(
        label=_("Minutes a message takes, all back and forth together"), low=0.1, high=480
    )
    handover_hours = NumberField(label=_("Hours a week somebody else could take over"), high=168)
    days_week = NumberField(label=_("Days a week you answer"), low=1, high=7)
    promised_hours = NumberField(label=_("Hours within which you promise an answer"), low=0.5, high=720)
    own_keeping_up = ChoiceField(label=_("I can't keep up with the messages"), choices=AGREEMENT, number=True)
    repeatable = NumberField(label=_("How many of 100 messages ask the same few questions?"), low=0, high=100)
    live_chat = ChoiceField(label=_("Do customers expect live chat?"), choices=YES_NO)
    out_of_hours = ChoiceField(label=_("Do many write at night or on weekends?"), choices=YES_NO)

    WHY = {
        "available_hours": _("The week is full when the work needs more than these hours."),
        "handle_minutes": _("Minutes times messages give the hours a week."),
        "handover_hours": _("It is what a new person would start with; some things stay yours."),
        "days_week": _("So that a day's messages become a week's."),
        "promised_hours": _("Late is what comes later than you promised."),
        "own_keeping_up": _("You notice it before the numbers do."),
        "repeatable": _("What repeats can be written down once instead of answered again."),
        "live_chat": _("Somebody has to be there for it, or a tool that is."),
        "out_of_hours": _("One person cannot be there at night; other ways can."),
    }


class FeedbackForm(AnswersForm):
    stars_before = NumberField(label=_("Average stars a year ago"), low=1, high=5)
    stars_now = NumberField(label=_("Average stars of the last three months"), low=1, high=5)
    reviews_now = NumberField(label=_("Number of reviews in the last three months"), high=100_000)
    low_before = NumberField(label=_("Of 100 reviews a year ago, how many had 1 or 2 stars?"), high=100)
    low_now = NumberField(label=_("Of 100 reviews now, how many have 1 or 2 stars?"), high=100)

    WHY = {
        "stars_before": _("Only the change says something; what is good differs from shop to shop."),
        "stars_now": _("Only the change says something; what is good differs from shop to shop."),
        "reviews_now": _("A few reviews prove little, and the answer takes that into account."),
        "low_before": _("Bad reviews grow before the average falls."),
        "low_now": _("Bad reviews grow before the average falls."),
    }


class MetricsForm(AnswersForm):
    resolution_before = NumberField(label=_("Hours until a case was solved, three months ago"), high=10_000)
    resolution_now = NumberField(label=_("Hours until a case is solved now"), high=10_000)
    asked = NumberField(label=_("Customers who answered your satisfaction question lately"), high=1_000_000)
    satisfied = NumberField(label=_("How many of them were satisfied?"), high=1_000_000)
    target_percent = NumberField(label=_("Satisfied customers you aim for, of 100"), low=1, high=100)
    lifetime_before = NumberField(label=_("What a customer was worth a year ago"), high=10**9)
    lifetime_now = NumberField(label=_("What a customer is worth now"), high=10**9)
    sales_before = NumberField(
        label=_("Sales of the same month last year"),
        help_text=_("Orders or money, as you like, but the same in both."),
        high=10**12,
    )
    sales_now = NumberField(label=_("Sales of the last month"), high=10**12)

    WHY = {
        "resolution_before": _("Cases that take longer mean that hands are missing."),
        "resolution_now": _("Cases that take longer mean that hands are missing."),
        "asked": _("Three answers prove less than three hundred."),
        "satisfied": _("Below your aim, customers are telling you something."),
        "target_percent": _("What is good enough is for you to say; left open, we take 90."),
        "lifetime_before": _("Customers who feel let down come back less."),
        "lifetime_now": _("Customers who feel let down come back less."),
        "sales_before": _("The same month of last year, so that the season does not mislead."),
        "sales_now": _("Fewer sales with bad answers point to the answers."),
    }

    def clean(self):
        answered = super().clean()
        satisfied, asked = answered.get("satisfied"), answered.get("asked")
        if satisfied is not None and asked is not None and satisfied > asked:
            self.add_error("satisfied", _("No more can be satisfied than have answered."))
        return answered


class GrowthForm(AnswersForm):
    messages_before = NumberField(label=_("Messages a day three months ago"), high=5000)
    orders_before = NumberField(label=_("Orders a month three months ago"), high=10**7)
    orders_now = NumberField(label=_("Orders a month now"), high=10**7)
    customers_before = NumberField(label=_("Customers three months ago"), high=10**9)
    customers_now = NumberField(label=_("Customers now"), high=10**9)
    seasonal = ChoiceField(label=_("Is most of it one season, such as Christmas?"), choices=YES_NO)

    WHY = {
        "messages_before": _(
            "The growth of three months says how full the week will be when somebody starts."
        ),
        "orders_before": _("More orders become more questions a little later."),
        "orders_now": _("More orders become more questions a little later."),
        "customers_before": _("More customers become more questions a little later."),
        "customers_now": _("More customers become more questions a little later."),
        "seasonal": _("A peak of six weeks is better met with help for six weeks."),
    }


STEPS = {"overload": OverloadForm, "feedback": FeedbackForm, "metrics": MetricsForm, "growth": GrowthForm}


class PlanForm(forms.Form):
    plan = forms.CharField(
        label=_("What will you do with them?"),
        required=False,
        strip=True,
        validators=[MaxLengthValidator(500), ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 500}),
    )
