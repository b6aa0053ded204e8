"""Forms of the talent pool."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hiring import pool
from hiring.models import Job, PoolNote


class PoolNoteForm(forms.Form):
    """A note and a few tags, with the revision they were read at."""

    text = forms.CharField(
        label=_("Note"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write what you would say to their face; they may ask to read it."),
    )
    tags = forms.CharField(
        label=_("Tags"),
        max_length=200,
        required=False,
        help_text=_("Up to five, with commas between them: weekends, Polish, part-time."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, note: PoolNote | None, **kwargs):
        note = note or PoolNote()
        initial = {"text": note.text, "tags": ", ".join(note.tags), "seen": note.revision}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_tags(self) -> list[str]:
        """Small letters, each once."""
        said = self.cleaned_data["tags"].replace("|", " ").lower()
        tags = list(dict.fromkeys(" ".join(part.split()) for part in said.split(",") if part.strip()))
        if len(tags) > pool.TAGS:
            raise forms.ValidationError(_now("Five tags at most."))
        if any(len(tag) > pool.TAG for tag in tags):
            raise forms.ValidationError(_now("A tag is thirty letters at most."))
        return tags


class InviteForm(forms.Form):
    """Which of the open jobs."""

    job = forms.ModelChoiceField(label=_("Job"), queryset=Job.objects.none(), empty_label=None)

    def __init__(self, *args, jobs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["job"].queryset = jobs
