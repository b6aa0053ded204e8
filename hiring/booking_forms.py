"""Forms of choosing a time: the applicant's words, and what the shop asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from hiring.models import Booking
from hiring.models.judging import InterviewKind


class WishForm(forms.Form):
    wish = forms.CharField(
        label=_("When would it suit you?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Days and hours, in your own words."),
    )


class HostsField(forms.ModelMultipleChoiceField):
    """Who sits in, of people at hand, without asking the database for them once more."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Who talks to them"),
            queryset=Membership.objects.none(),
            error_messages={"required": _("Say who will talk to them.")},
            **kwargs,
        )

    def offer(self, team):
        self.queryset = Membership.objects.filter(pk__in=[member.pk for member in team]).order_by(
            "name", "pk"
        )
        self.choices = [(member.pk, str(member)) for member in team]


class OfferTimesForm(forms.ModelForm):
    """How, how long, where and with whom. Somebody alone in the shop is not asked who."""

    hosts = HostsField()

    class Meta:
        model = Booking
        fields = ["kind", "minutes", "place"]

    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=480)

    field_order = ("kind", "minutes", "place", "hosts")

    def __init__(self, *args, team, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["kind"].choices = InterviewKind.choices
        self.fields["place"].help_text = _(
            "The number you call from, the link of the video call, or the address."
        )
        if len(team) > 1:
            self.fields["hosts"].offer(team)
            self.fields["hosts"].initial = [by.pk]
        else:
            del self.fields["hosts"]

    @property
    def asks_who(self) -> bool:
        return "hosts" in self.fields

    def values(self) -> dict:
        data = self.cleaned_data
        hosts = list(data["hosts"]) if self.asks_who else [self.by]
        return {"kind": data["kind"], "minutes": data["minutes"], "place": data["place"], "hosts": hosts}


class SendTimesForm(OfferTimesForm):
    """The same for several. `people` are those to talk to, each with `link`; who has none is ticked."""

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = [row for row in people if row.email]
        self.fields["who"] = forms.MultipleChoiceField(
            label=_("Who gets it"),
            choices=[(str(row.pk), row.alias) for row in self.people],
            initial=[str(row.pk) for row in self.people if row.link is None],
            error_messages={"required": _("Choose at least one person.")},
        )

    @property
    def ticked(self) -> set[int]:
        return {int(pk) for pk in self["who"].value() or [] if str(pk).isdecimal()}

    @property
    def chosen(self) -> list:
        wanted = set(self.cleaned_data["who"])
        return [row for row in self.people if str(row.pk) in wanted]
