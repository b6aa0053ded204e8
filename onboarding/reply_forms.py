"""What people type about replies, rules and freedom."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import places
from accounts.models import Membership, Role
from onboarding import escalation
from onboarding.models import Draft
from onboarding.models.drafts import TEXT
from onboarding.reply_kinds import Level, Situation, Within

SEEN = {"min_value": 0, "max_value": 2**31 - 1, "required": False, "widget": forms.HiddenInput}


def _area(rows):
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class TicketForm(forms.Form):
    """What every reply says of itself."""

    situation = forms.ChoiceField(label=_("What is it about?"), choices=Situation)
    channel = forms.ChoiceField(
        label=_("Where did the customer write?"), choices=Draft.channel.field.choices, required=True
    )
    ticket = forms.URLField(
        label=_("Link to the ticket"), max_length=500, required=False, assume_scheme="https"
    )

    def clean_ticket(self):
        link = self.cleaned_data["ticket"]
        if link and not link.startswith(("http://", "https://")):
            raise forms.ValidationError(_("The link must begin with https://."))
        return link


class DraftForm(TicketForm):
    message = forms.CharField(
        label=_("What the customer writes"),
        max_length=TEXT,
        required=False,
        strip=False,
        widget=_area(5),
        help_text=_("Paste what matters. Card numbers are made unreadable; all texts go after 90 days."),
    )
    marked = forms.MultipleChoiceField(
        label=_("Does one of these apply?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    body = forms.CharField(
        label=_("Your reply"), max_length=TEXT, required=False, strip=False, widget=_area(9)
    )
    seen = forms.IntegerField(**SEEN)

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["marked"].choices = [(rule.code, escalation.label(rule)) for rule in rules]


class PracticeForm(forms.Form):
    """Practising has its message already."""

    body = forms.CharField(
        label=_("Your reply"), max_length=TEXT, required=False, strip=False, widget=_area(9)
    )
    seen = forms.IntegerField(**SEEN)


class SampleForm(TicketForm):
    message = forms.CharField(
        label=_("What the customer wrote"), max_length=TEXT, required=False, strip=False, widget=_area(3)
    )
    body = forms.CharField(
        label=_("The reply that went out"),
        max_length=TEXT,
        required=False,
        strip=False,
        widget=_area(6),
        help_text=_("Paste it, or leave this empty and give the link."),
    )


class LevelForm(forms.Form):
    level = forms.ChoiceField(label=_("From now on"), choices=Level, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why?"), max_length=500, help_text=_("The new colleague reads it."))
    seen = forms.ChoiceField(choices=Level, widget=forms.HiddenInput)


class GateForm(forms.Form):
    note = forms.CharField(
        label=_("A note"),
        max_length=1000,
        required=False,
        widget=_area(3),
        help_text=_("What convinced you, or what to keep an eye on. It is kept with your name."),
    )


class RuleForm(forms.Form):
    """One rule when to ask first. Amounts are for refunds only."""

    title = forms.CharField(
        label=_("In your words"),
        max_length=200,
        required=False,
        help_text=_("Left empty, our words are used in everybody's language."),
    )
    amount = forms.DecimalField(
        label=_("Above this amount"), max_digits=10, decimal_places=2, min_value=0, required=False
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    who = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Who answers?"), required=False, empty_label=_("Their manager")
    )
    within = forms.ChoiceField(label=_("By when?"), choices=Within, initial=Within.TODAY)
    meanwhile = forms.CharField(
        label=_("What may be sent meanwhile?"), max_length=500, required=False, widget=_area(2)
    )
    on = forms.BooleanField(label=pgettext_lazy("a rule", "This rule holds"), required=False, initial=True)
    seen = forms.IntegerField(**SEEN)

    def __init__(self, *args, company, refund, **kwargs):
        super().__init__(*args, **kwargs)
        team = Membership.objects.for_company(company).active().exclude(role=Role.HIRE)
        self.fields["who"].queryset = team.order_by("name", "pk")
        self.fields["meanwhile"].help_text = _("Otherwise: “%(text)s”") % {"text": escalation.MEANWHILE}
        self.fields["currency"].choices = places.currencies()
        self.fields["currency"].initial = company.currency
        self.company = company
        if not refund:
            del self.fields["amount"], self.fields["currency"]

    def clean(self):
        data = super().clean()
        if data.get("amount") is None:
            data |= {"amount": None, "currency": ""}
        elif not data.get("currency"):
            data["currency"] = self.company.currency
        return data


class OwnRuleForm(RuleForm):
    """A rule of the shop's own: it has no words but theirs."""

    field_order = ["title", "who", "within", "meanwhile"]

    def __init__(self, *args, company, **kwargs):
        super().__init__(*args, company=company, refund=False, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].label = _("Ask first when it is about")
        self.fields["title"].help_text = ""
        del self.fields["on"], self.fields["seen"]


class CheckForm(forms.Form):
    """ "Would this need approval?" """

    kind = forms.ChoiceField(label=_("What is it about?"), required=False)
    amount = forms.DecimalField(
        label=_("Amount"), max_digits=10, decimal_places=2, min_value=0, required=False
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)

    def __init__(self, *args, rules, company, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [(rule.code, escalation.asked_about(rule)) for rule in rules]
        self.fields["kind"].choices = [*kinds, ("", _("None of these"))]
        self.fields["currency"].choices = places.currencies()
        self.fields["currency"].initial = company.currency
