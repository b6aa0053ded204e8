from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import places
from accounts.models import Membership, Role
from accounts.typed import likely_day
from accounts.why import Explained
from onboarding.kinds import Part
from onboarding.models import Onboarding, PlanTemplate, Question, Wording

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def posted(request):
    """What a form is bound to: also to an empty POST, which is refused with its reasons."""
    return request.POST if request.method == "POST" else None


def _team(company):
    return Membership.objects.for_company(company).active().exclude(role=Role.HIRE).order_by("name", "pk")


def _countries():
    return [("", _("Where the shop is")), *places.countries()]


class StartForm(Explained, forms.Form):
    """A plan begun by hand: for somebody in the team already, or for somebody new who is invited."""

    WHY = {
        "member": _("Somebody who is here already keeps their account."),
        "name": _("Everybody in the plan reads it."),
        "email": _("The link for the time before the first day goes there."),
        "job_title": _("It stands on top of the plan."),
        "start_date": _("Every step is counted from this day."),
        "weekdays": _("Nobody is late on a day they do not work."),
        "remote": _("Walks through the shop become video calls."),
        "country": _("Its public holidays are no working days."),
        "template": _("It is copied; the plan itself stays as it is."),
        "probation_until": _(
            "The decision about it gets its day, and you hear of it ten working days before."
        ),
    }

    member = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Who is it?"),
        required=False,
        empty_label=_("Somebody new"),
    )
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=200, required=False)
    email = forms.EmailField(label=_("Private e-mail"), required=False)
    job_title = forms.CharField(label=_("Job title"), max_length=200)
    start_date = forms.DateField(label=_("First day"), widget=DATE, validators=[likely_day])
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Working days"),
        choices=WEEKDAYS,
        coerce=int,
        initial=[0, 1, 2, 3, 4],
        widget=forms.CheckboxSelectMultiple,
    )
    remote = forms.BooleanField(label=_("Works remotely"), required=False)
    manager = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Manager"), help_text=_("Answers questions and receives papers.")
    )

    template = forms.ModelChoiceField(
        PlanTemplate.objects.none(),
        label=_("Which plan?"),
        required=False,
        empty_label=_("The one that new hires get"),
    )
    country = forms.ChoiceField(label=_("Works in"), choices=_countries, required=False)
    probation_until = forms.DateField(
        label=_("Last day of probation"), widget=DATE, required=False, validators=[likely_day]
    )

    def __init__(self, *args, company, by, **kwargs):
        super().__init__(*args, **kwargs)
        plans = PlanTemplate.objects.for_company(company).order_by("-is_default", "name", "pk")
        self.fields["template"].queryset = plans
        busy = Onboarding.objects.for_company(company).running().values("hire")
        people = Membership.objects.for_company(company).active().exclude(role=Role.OWNER)
        self.fields["member"].queryset = people.exclude(pk__in=busy).order_by("name", "pk")
        self.fields["manager"].queryset = _team(company).filter(role__in=[Role.OWNER, Role.MANAGER])
        self.fields["manager"].initial = by.pk
        self.explain()

    def clean(self):
        data = super().clean()
        start, until = data.get("start_date"), data.get("probation_until")
        if start and until and until < start:
            self.add_error("probation_until", _("That is before the first day."))
        if not data.get("member") and not self.errors:
            for name in ("name", "email"):
                if not data.get(name):
                    self.add_error(name, _("Needed for somebody who is not in the team yet."))
        return data


class DetailsForm(Explained, forms.ModelForm):
    """The first day: what the welcome page and the note before it say."""

    WHY = {
        "start_time": _("So that nobody stands before a closed door."),
        "place": _("They find the way from it."),
        "video_link": _("Where you work apart, the day begins here."),
        "bring": _("Nobody likes to hear on the spot what is missing."),
        "note": _("A line of your own; it comes before everything else."),
        "buddy": _("Somebody to ask what one does not ask the boss."),
        "ask_until": _("So that they know until when an answer comes the same day."),
        "invite_on": _("From this day they can sign in."),
    }

    video_link = forms.URLField(label=_("Video link"), max_length=500, required=False, assume_scheme="https")
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Onboarding
        fields = [
            "start_time",
            "place",
            "video_link",
            "bring",
            "note",
            "buddy",
            "phone",
            "ask_until",
            "invite_on",
        ]
        widgets = {
            "start_time": TIME,
            "ask_until": TIME,
            "note": forms.Textarea(attrs={"rows": 4}),
            "invite_on": DATE,
        }
        help_texts = {"phone": _("Shown to the new hire only.")}

    def __init__(self, *args, invitation_waits, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision
        if not invitation_waits:
            del self.fields["invite_on"]
        self.fields["buddy"].queryset = _team(self.instance.company).exclude(pk=self.instance.hire_id)
        self.fields["buddy"].empty_label = _("Nobody yet")
        self.explain()

    def clean_invite_on(self):
        day = self.cleaned_data["invite_on"]
        if day:
            likely_day(day)
        return day

    def clean_video_link(self):
        link = self.cleaned_data["video_link"]
        if link and not link.startswith(("http://", "https://")):
            raise forms.ValidationError(_("The link must begin with https://."))
        return link


class StartDateForm(forms.Form):
    start_date = forms.DateField(label=_("New first day"), widget=DATE, validators=[likely_day])


class AddStepForm(forms.Form):
    title = forms.CharField(label=_("What is to be done?"), max_length=200)
    owner = forms.ChoiceField(label=_("Who does it?"), choices=Part.choices, initial=Part.HIRE)
    due_on = forms.DateField(label=_("Due on"), widget=DATE, validators=[likely_day])
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=480, initial=15)
    body = forms.CharField(
        label=_("More about it"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        label=_("Why?"), max_length=300, required=False, help_text=_("The new colleague reads it.")
    )


class ChangeStepForm(Explained, AddStepForm):
    """Another day, other words, somebody else for a step that nobody has done yet."""

    WHY = {
        "title": _("It is the line on the list of the day."),
        "owner": _("It moves to that person's list."),
        "due_on": _("A day you choose stays, also when the first day moves."),
        "minutes": _("So that nobody plans too much for one day."),
        "body": _("It stands below the title."),
    }

    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    field_order = ["title", "body", "owner", "due_on", "minutes", "reason", "seen"]

    def __init__(self, *args, step, handed, **kwargs):
        now = {"title": step.label, "body": step.text, "seen": step.revision}
        now |= {name: getattr(step, name) for name in ("owner", "due_on", "minutes")}
        super().__init__(*args, initial=now, **kwargs)
        if not handed:
            del self.fields["owner"]
        self.explain()


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300)


class QuestionForm(forms.ModelForm):
    class Meta:
        model = Question
        fields = ["body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 3})}


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class WordsForm(forms.ModelForm):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Wording
        fields = ["body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 12})}
