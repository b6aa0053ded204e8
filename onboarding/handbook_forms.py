from django import forms
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.typed import likely_day
from accounts.why import Explained
from onboarding.forms import DATE
from onboarding.models.handbook import BODY, Shelf

LONG = forms.Textarea(attrs={"rows": 16, "class": "fh-handbook-text", "dir": "auto", "spellcheck": "true"})


def _text(**more):
    return forms.CharField(label=pgettext_lazy("of a page", "Text"), max_length=BODY, widget=LONG, **more)


def _title():
    return forms.CharField(label=pgettext_lazy("of a page", "Title"), max_length=200)


def _seen():
    return forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class NewPageForm(Explained, forms.Form):
    WHY = {
        "shelf": _("It stands at the end of its shelf; you can move it later."),
        "language": _("The same page can be written in other languages, too."),
    }

    title = _title()
    shelf = forms.ChoiceField(label=_("Shelf"), choices=Shelf.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    body = _text(help_text=_("A blank line makes a paragraph, - a list, ## a heading, **two stars** bold."))

    def __init__(self, *args, languages=None, has_shelf=False, **kwargs):
        super().__init__(*args, **kwargs)
        if has_shelf:
            del self.fields["shelf"]
        if languages is not None:
            self.fields["language"].choices = languages
        self.explain()


class PageForm(Explained, forms.Form):
    WHY = {"note": _("It stands beside the version, for whoever looks back.")}

    title = _title()
    body = _text(help_text=_("A blank line makes a paragraph, - a list, ## a heading, **two stars** bold."))
    note = forms.CharField(label=_("What changed?"), max_length=200, required=False)
    ask_again = forms.BooleanField(
        label=_("Ask everybody to read it again"),
        required=False,
        help_text=_("For a change that matters. A comma needs no new reading."),
    )
    seen = _seen()

    def __init__(self, *args, page, **kwargs):
        now = {"title": page.label, "body": page.body, "seen": page.revision}
        super().__init__(*args, initial=now | kwargs.pop("initial", {}), **kwargs)
        if not page.asked_number:
            del self.fields["ask_again"]
        self.explain()


class QuestionForm(forms.Form):
    """One of the twelve: only its answer."""

    body = forms.CharField(
        label=_("Your answer"),
        max_length=BODY,
        widget=forms.Textarea(attrs={"rows": 9, "class": "fh-handbook-text", "dir": "auto"}),
        error_messages={"required": _("A sentence is enough. Or leave it for later.")},
    )
    seen = _seen()


class ProposeForm(Explained, forms.Form):
    WHY = {"reason": _("Whoever decides reads it first.")}

    title = _title()
    body = _text()
    reason = forms.CharField(
        label=_("Why should it read so?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen = _seen()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.explain()


class AskForm(forms.Form):
    until = forms.DateField(label=_("Please read until"), widget=DATE, validators=[likely_day])

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < localdate():
            raise forms.ValidationError(_("This day is over. Choose today or a later one."))
        return until


class TakeForm(forms.Form):
    """A proposal as it becomes the page's next version."""

    title = _title()
    body = _text()
    comment = forms.CharField(label=_("A word to whoever proposed it"), max_length=500, required=False)
    seen = _seen()


class DeclineForm(forms.Form):
    comment = forms.CharField(
        label=_("Why not?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "id": "id_why_not"})
    )
