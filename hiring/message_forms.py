"""What people fill in around messages: the shop's own words, a letter, a mail that came, what was said by phone."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hiring import message_templates, placeholders

LONGEST = 5_000
SUBJECT = 200
FAR = timedelta(days=60)


class _Words(forms.Form):
    """Subject and text, in which `{name}` and its like are put in later."""

    names = placeholders.NAMES

    subject = forms.CharField(
        label=pgettext_lazy("of a mail", "Subject"),
        max_length=SUBJECT,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )

    def clean_subject(self):
        return self._known(" ".join(self.cleaned_data["subject"].split()))

    def clean_text(self):
        return self._known(self.cleaned_data["text"].replace("\r\n", "\n").strip())

    def _known(self, words):
        for typed, meant in placeholders.unknown(words, self.names):
            raise forms.ValidationError(_not_known(typed, meant, self.names))
        return words


def _not_known(typed: str, meant: str, known) -> str:
    if meant:
        return _("%(typed)s is not known here. Did you mean %(meant)s?") % {"typed": typed, "meant": meant}
    names = ", ".join(f"{{{name}}}" for name in known)
    return _("%(typed)s is not known here. These are: %(names)s.") % {"typed": typed, "names": names}


class TextForm(_Words):
    """The shop's own words for one kind of message."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 2, widget=forms.HiddenInput)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = message_templates.KINDS[kind]
        self.names = self.kind.names

    def clean(self):
        data = super().clean()
        if not self.errors:
            missing = self.kind.needs - placeholders.used(data["text"])
            for name in sorted(missing):
                self.add_error(
                    "text",
                    _(
                        "Put %(name)s somewhere into the text: without it the applicant cannot do what it is about."
                    )
                    % {"name": f"{{{name}}}"},
                )
        return data


class WriteForm(_Words):
    """A letter to one applicant: in which language, and when it leaves."""

    NOW, LATER = "now", "later"
    kind = forms.ChoiceField(widget=forms.HiddenInput)
    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)
    when = forms.ChoiceField(
        label=gettext_lazy("Leaves"),
        choices=[
            (NOW, gettext_lazy("Soon: after ten minutes, by day")),
            (LATER, gettext_lazy("At a time I choose")),
        ],
        widget=forms.RadioSelect,
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Day and time, where the shop is"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    key = forms.RegexField(r"^[\w-]{8,64}$", widget=forms.HiddenInput)

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["kind"].choices = [
            (key, message_templates.KINDS[key].label) for key in message_templates.WRITTEN
        ]

    def clean(self):
        data = super().clean()
        if {"kind", "language", "key"} & set(self.errors):  # nobody sees those fields
            self.add_error(None, _("This page is not whole any more. Open it again; your words are below."))
        if data.get("when") == self.LATER and "at" not in self.errors:
            self._clean_at(data.get("at"))
        return data

    def _clean_at(self, at):
        """What a browser sends has no zone: it is the shop's clock."""
        if at is None:
            self.add_error("at", _("Choose the day and the time."))
            return
        at = timezone.make_naive(at).replace(tzinfo=self.zone)
        if at > timezone.now() + FAR:
            self.add_error("at", _("This is more than two months away."))
        self.cleaned_data["at"] = at

    @property
    def chosen_time(self):
        """When it is to leave at the earliest; None for soon."""
        return self.cleaned_data["at"] if self.cleaned_data["when"] == self.LATER else None


class BringForm(forms.Form):
    """Their answer, as a file or as its text."""

    mail = forms.FileField(
        label=gettext_lazy("The mail as a file"),
        help_text=gettext_lazy("In your mail program: Save as, then choose the .eml file. At most 25 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".eml,message/rfc822"}),
    )
    words = forms.CharField(
        label=gettext_lazy("Or its text"),
        help_text=gettext_lazy("With the lines From, Date and Subject on top if you can."),
        max_length=200_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("mail") and not data.get("words", "").strip():
            raise forms.ValidationError(_("Choose a mail, or paste its text."))
        return data


class SaidForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What they said by phone"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class QuestionForm(forms.Form):
    """A question from the applicant's own page."""

    text = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("Text only, at most 2,000 characters. The answer comes by mail."),
    )
