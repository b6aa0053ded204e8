"""How long people may wait in each stage of a job, and who is told."""

from django import forms
from django.utils.translation import gettext as _

from accounts.models import Membership
from hiring.models import Stage
from hiring.models.limits import LONGEST


class LimitsForm(forms.Form):
    """Two fields for each stage; `limits` are what counts now, `managers` who may be told."""

    def __init__(self, *args, limits: dict, managers: list[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        self.stages, self.managers = list(limits), {str(member.pk): member for member in managers}
        people = [("", _("Nobody is told")), *((pk, str(member)) for pk, member in self.managers.items())]
        for stage, limit in limits.items():
            label = str(Stage(stage).label)
            self.fields[f"days_{stage}"] = forms.IntegerField(
                label=_("%(stage)s: days until it is too long") % {"stage": label},
                min_value=1,
                max_value=LONGEST,
                initial=limit.days,
            )
            owner = str(limit.owner.pk) if limit.owner else ""
            self.fields[f"owner_{stage}"] = forms.ChoiceField(
                label=_("%(stage)s: who is told") % {"stage": label},
                choices=people,
                required=False,
                initial=owner,
            )

    def rows(self) -> list:
        """(bound days, bound owner) for each stage."""
        return [(self[f"days_{stage}"], self[f"owner_{stage}"]) for stage in self.stages]

    def chosen(self) -> dict:
        data = self.cleaned_data
        return {
            stage: (data[f"days_{stage}"], self.managers.get(data[f"owner_{stage}"])) for stage in self.stages
        }
