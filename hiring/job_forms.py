"""The one-page editor of a job: its texts, what is looked for, what is asked; bound and saved together."""

from decimal import Decimal

from django import forms
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts import places, undoing
from accounts.models import Membership, Role
from hiring import adverts, defaults, pipeline, questions, requirements, rows, word_advice
from hiring.models import Job, JobTemplate, Question, Requirement
from vault import trail

HOURS_IN_A_WEEK = Decimal(80)


def _short(number):
    """20 for 20.0; halves stay."""
    return int(number) if number is not None and number == int(number) else number


def refuse_odd_pay(form, cleaned) -> None:
    """Says beside the field what is wrong with a range of pay."""
    low, high = cleaned.get("pay_min"), cleaned.get("pay_max")
    for name, amount in (("pay_min", low), ("pay_max", high)):
        if amount is not None and amount <= 0:
            form.add_error(name, _("Pay is more than nothing."))
    if low is not None and high is not None and high < low:
        form.add_error("pay_max", _("The upper end of the pay is below the lower end."))


class Changed(Exception):
    """Somebody saved this job since the form was opened; `job` is as it is now."""

    def __init__(self, job):
        self.job = job
        super().__init__(f"job {job.pk} is at {job.revision}")


class JobForm(forms.ModelForm):
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Job
        fields = [
            "good_at",
            "also_helps",
            "title",
            "hours_week",
            "employment_type",
            "language",
            "summary",
            "about_company",
            "responsibilities",
            "why_us",
            "pay_min",
            "pay_max",
            "currency",
            "pay_period",
            "benefits",
            "place",
            "city",
            "region",
            "country",
            "answer_by",
            "how_to_apply",
        ]
        labels = {
            "about_company": gettext_lazy("What you sell, and who you are"),
            "summary": gettext_lazy("The job in two sentences"),
            "responsibilities": gettext_lazy("What this person will do"),
            "pay_period": pgettext_lazy("of pay", "per"),
        }
        help_texts = {
            "good_at": gettext_lazy("For yourself, when you choose. It is not shown to applicants."),
            "also_helps": gettext_lazy(
                "Parcels, product texts, social media? If much, add it to the duties below."
            ),
            "responsibilities": gettext_lazy("One a line."),
            "benefits": gettext_lazy("One a line."),
            "title": gettext_lazy("No pay, place or date in it: these have their own lines."),
            "language": gettext_lazy("The advert, the form and all mails speak it."),
        }
        widgets = {
            "good_at": forms.Textarea(attrs={"rows": 2}),
            "also_helps": forms.Textarea(attrs={"rows": 2}),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "about_company": forms.Textarea(attrs={"rows": 3}),
            "responsibilities": forms.Textarea(attrs={"rows": 6}),
            "why_us": forms.Textarea(attrs={"rows": 3}),
            "benefits": forms.Textarea(attrs={"rows": 2}),
            "how_to_apply": forms.Textarea(attrs={"rows": 3}),
            "answer_by": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "place": forms.RadioSelect,
        }

    WHY = {
        "good_at": gettext_lazy("You will compare people with it when they are hard to tell apart."),
        "also_helps": gettext_lazy("Nobody should learn on the first day what else the job is."),
        "title": gettext_lazy("It is what people search for, and all that most of them read."),
        "hours_week": gettext_lazy("The first thing somebody asks; yours come from the check."),
        "employment_type": gettext_lazy("Job search pages sort by it."),
        "language": gettext_lazy("Applicants should read everything in one language."),
        "summary": gettext_lazy("Lists and search pages show only this."),
        "about_company": gettext_lazy("People apply to a shop they can picture."),
        "responsibilities": gettext_lazy("Who knows the days can tell whether they want them."),
        "why_us": gettext_lazy("A small shop cannot pay most; it can say what is good about it."),
        "pay_min": gettext_lazy(
            "In the EU applicants have a right to know it in good time; elsewhere it saves calls."
        ),
        "pay_max": gettext_lazy("A range is honest about what experience adds."),
        "currency": gettext_lazy("Somebody abroad may read it."),
        "pay_period": gettext_lazy("An hour and a month are easily mixed up."),
        "benefits": gettext_lazy("What does not stand in the pay is easily forgotten."),
        "place": gettext_lazy("Who cannot come every day should see it here."),
        "city": gettext_lazy("Search pages find the advert by it."),
        "region": gettext_lazy("Only where addresses have one, as in the United States."),
        "country": gettext_lazy("It decides who may work for you, and which rules count."),
        "answer_by": gettext_lazy("A day makes people apply, and tells you when to begin reading."),
        "how_to_apply": gettext_lazy("Whoever reads it to the end shows care."),
    }
    # What stays yellow until it is filled in; pay and place count as one each.
    BLANKS = ("hours_week", "about_company", "why_us", "pay_min", "pay_max", "city", "answer_by")

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        for name, label, choices in (
            ("currency", _("Currency"), places.currencies()),
            ("country", _("Country"), places.countries()),
        ):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices)
        self.fields["hours_week"].widget.attrs |= {"min": "1", "max": "80", "step": "0.5"}
        self.initial["hours_week"] = _short(self.instance.hours_week)
        self.initial["seen"] = self.instance.revision
        for name in (*word_advice.TEXTS, *word_advice.NOTED):
            self._point_at_advice(name)
        for name in self.BLANKS:
            if not self[name].value():
                self.fields[name].widget.attrs["class"] = "fh-blank"

    def _point_at_advice(self, name):
        """Who hears the page is told of the help, of what is wrong, and of the advice below the field."""
        help_text = f"id_{name}_helptext " if self.fields[name].help_text else ""
        wrong = f"id_{name}_error " if self.is_bound else ""
        self.fields[name].widget.attrs["aria-describedby"] = f"{wrong}{help_text}box-{name}"

    def clean_hours_week(self):
        hours = self.cleaned_data["hours_week"]
        if hours is not None and not 0 < hours <= HOURS_IN_A_WEEK:
            raise forms.ValidationError(_("Hours a week: more than 0, at most 80."))
        return hours

    def clean_answer_by(self):
        day = self.cleaned_data["answer_by"]
        if day and day < self.today and day != self.initial.get("answer_by"):
            raise forms.ValidationError(
                _("%(day)s has passed. Choose a day to come.") % {"day": date_format(day)}
            )
        return day

    def clean(self):
        cleaned = super().clean()
        refuse_odd_pay(self, cleaned)
        return cleaned


class RequirementForm(forms.ModelForm):
    """The text a suggestion came with counts as nobody's own: it stays empty in the row and is translated."""

    class Meta:
        model = Requirement
        fields = ["text", "level"]
        widgets = {
            "text": forms.TextInput(attrs={"class": "form-control"}),
            "level": forms.Select(attrs={"class": "form-select"}),
        }

    def __init__(self, *args, **kwargs):
        self.row_code = f"r{kwargs['instance'].pk}"
        super().__init__(*args, prefix=self.row_code, **kwargs)
        self.initial["text"] = str(self.instance.label)
        self.fields["text"].required = True

    def clean_text(self):
        text = self.cleaned_data["text"]
        suggestion = self.instance.suggestion
        return "" if suggestion and text == str(suggestion.name) else text


class QuestionForm(forms.ModelForm):
    class Meta:
        model = Question
        fields = ["text"]
        widgets = {"text": forms.TextInput(attrs={"class": "form-control"})}

    def __init__(self, *args, **kwargs):
        self.row_code = f"q{kwargs['instance'].pk}"
        super().__init__(*args, prefix=self.row_code, **kwargs)
        self.initial["text"] = str(self.instance.label)
        self.fields["text"].required = True

    def clean_text(self):
        text = self.cleaned_data["text"]
        key = self.instance.key
        return "" if key and text == str(defaults.QUESTIONS[key]) else text


class AddForm(forms.Form):
    requirement = forms.CharField(
        label=gettext_lazy("Something else you look for"), max_length=200, required=False
    )
    question = forms.CharField(label=gettext_lazy("Another question"), max_length=400, required=False)


class Editor:
    """All forms of the page as one: `is_valid`, `save`, and the unsaved job and lists for the preview."""

    def __init__(self, job, data=None, *, today=None):
        self.job = job
        self.before = Job(**{f.attname: getattr(job, f.attname) for f in Job._meta.concrete_fields})
        self.form = JobForm(data, instance=job, today=today or localdate())
        self.requirements = [RequirementForm(data, instance=row) for row in requirements.listed(job)]
        self.questions = [QuestionForm(data, instance=row) for row in questions.asked(job)]
        self.add = AddForm(data, prefix="add")
        self.was = {form.row_code: form.instance.text for form in (*self.requirements, *self.questions)}

    @property
    def forms(self):
        return [self.form, *self.requirements, *self.questions, self.add]

    def is_valid(self) -> bool:
        wrong = [form for form in self.forms if not form.is_valid()]  # each says what is wrong with it
        return not wrong and self._has_room()

    def _has_room(self) -> bool:
        if self.add.cleaned_data["requirement"] and len(self.requirements) >= requirements.MOST_ROWS:
            self.add.add_error("requirement", str(requirements.Full()))
        return not self.add.errors

    @property
    def is_bound(self) -> bool:
        return self.form.is_bound

    def error_count(self) -> int:
        return sum(len(form.errors) for form in self.forms)

    @property
    def looked_for(self) -> list[Requirement]:
        return [form.instance for form in self.requirements]

    def advice(self, *, asking=False) -> dict:
        """What is said beside each field (hiring.word_advice), from what is typed this moment."""
        texts, asked = (
            [(form.row_code, form.instance.text) for form in forms]
            for forms in (self.requirements, self.questions)
        )
        boxes = word_advice.boxes(self.job, texts, asked, asking=asking)
        for form in (*self.requirements, *self.questions):
            form.box = boxes[form.row_code]
        return boxes

    def save(self, *, by, auto=False) -> Job:
        """Writes what changed and nothing else, in one transaction; `auto` while somebody types. Raises Changed."""
        with transaction.atomic():
            now = pipeline.lock_job(self.job.pk)
            if self.form.cleaned_data["seen"] not in {None, now.revision}:
                raise Changed(now)
            job = self.form.save(commit=False)
            changed = {*self.form.changed_data, *adverts.rewrite(job, before=self.before)} - {"seen"}
            before = self._before(changed)
            if changed:
                job.save(update_fields=sorted(changed))
                trail.record(
                    "job.changed",
                    company_id=job.company_id,
                    actor_id=by.user_id,
                    kind="job",
                    pk=job.pk,
                    fields=sorted(changed),
                )
            self._save_rows(by)
            before["added"] = self._save_added(by)
            adverts.remember(now, before, by=by, auto=auto)
            if any(before.values()):
                rows.raise_revision(now)
            else:
                now.save(update_fields=undoing.FIELDS)
        job.revision, job.undoable = now.revision, now.undoable
        return job

    def _before(self, changed) -> dict:
        """What this saving overwrites, as adverts.take_back puts it back."""
        rows = (*self.requirements, *self.questions)
        return {
            "fields": {name: getattr(self.before, name) for name in sorted(changed)},
            "levels": {
                form.row_code: form.initial["level"]
                for form in self.requirements
                if "level" in form.changed_data
            },
            "texts": {form.row_code: self.was[form.row_code] for form in rows if "text" in form.changed_data},
        }

    def _save_rows(self, by):
        for form in self.requirements:
            if "level" in form.changed_data:
                requirements.set_level(form.instance, level=form.cleaned_data["level"], by=by)
        for form in (*self.requirements, *self.questions):
            if "text" in form.changed_data:
                form.instance.save(update_fields=["text"])

    def _save_added(self, by) -> list[str]:
        """The codes of the rows that were added."""
        added = []
        if text := self.add.cleaned_data["requirement"]:
            added.append(f"r{requirements.add(self.job, text=text, by=by).pk}")
        if text := self.add.cleaned_data["question"]:
            added.append(f"q{questions.add(self.job, text=text, by=by).pk}")
        return added


class TemplateForm(forms.ModelForm):
    class Meta:
        model = JobTemplate
        fields = ["name"]


class PayForm(forms.ModelForm):
    """Only the pay, on the page that asks for it once."""

    class Meta:
        model = Job
        fields = ["pay_min", "pay_max", "currency", "pay_period"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["currency"] = forms.ChoiceField(label=_("Currency"), choices=places.currencies())

    def clean(self):
        cleaned = super().clean()
        refuse_odd_pay(self, cleaned)
        if not self.errors and cleaned["pay_min"] is None and cleaned["pay_max"] is None:
            self.add_error("pay_min", _("Type what you pay, or publish without."))
        return cleaned


class OpeningsForm(forms.Form):
    openings = forms.IntegerField(
        label=gettext_lazy("How many people do you need?"), min_value=1, max_value=99
    )


class MembersForm(forms.Form):
    managers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who runs this hiring"),
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, company, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["managers"].queryset = (
            Membership.objects.for_company(company).in_role(Role.MANAGER).order_by("name", "pk")
        )
