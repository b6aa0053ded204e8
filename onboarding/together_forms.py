"""Forms of the e-mails gone through together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.why import Explained
from onboarding import splitting, together
from onboarding.library_forms import REVISION, rows


def _text(name, label, size, **more):
    longest = together.LONGEST[name]
    return forms.CharField(label=label, max_length=longest, widget=rows(size), **more)


class OneMailForm(Explained, forms.Form):
    WHY = {
        "message": _("Leave the name and the address out. A card number is made unreadable."),
        "thinking": _("Why this, why not something else? It is what they learn from."),
    }

    message = _text("message", _("The customer wrote"), 5)
    reply = _text("reply", _("We replied"), 6)
    thinking = _text("thinking", _("What we thought"), 2, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.explain()


class SeveralMailsForm(forms.Form):
    text = forms.CharField(
        label=_("Paste several"),
        max_length=100_000,
        widget=rows(8),
        help_text=_("A line with --- between two e-mails, and a line with === before our reply."),
    )

    def clean_text(self):
        """Gives the pairs; says which one is too long."""
        pairs = splitting.split(self.cleaned_data["text"])
        for number, pair in enumerate(pairs, start=1):
            if any(len(text) > together.LONGEST["message"] for text in pair):
                raise forms.ValidationError(
                    _("E-mail %(n)d is longer than 4,000 signs."), params={"n": number}
                )
        return pairs


class RepliedForm(forms.Form):
    """How we replied, and why, of an e-mail that is there."""

    reply = _text("reply", _("We replied"), 8)
    thinking = _text("thinking", _("What we thought"), 3, required=False)
    seen = forms.IntegerField(**REVISION)

    def __init__(self, *args, mail, **kwargs):
        now = {"reply": mail.reply, "thinking": mail.thinking, "seen": mail.revision}
        super().__init__(*args, initial=now, **kwargs)
