"""The page "What does a help desk cost?": the shop's list of tools, or ours, with prices to change on the page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import listed
from readiness.fields import NumberField
from readiness.money import money


class DeskForm(forms.Form):
    """Read from the address. `tools`: entries of the list (accounts.listed); an empty price is not reckoned with."""

    people = NumberField(label=_("People who answer"), low=1, high=1000, required=True)

    def __init__(self, data=None, *, tools):
        super().__init__(data, initial={"people": 2}, use_required_attribute=False, label_suffix="")
        self.tools = [(tool, f"price-{listed.code(tool)}") for tool in tools]
        for tool, name in self.tools:
            price = None if tool.price is None else float(tool.price)
            self.fields[name] = NumberField(label=listed.name_of(tool), high=10**7, initial=price)

    def people_given(self):
        """How many, the default when the page was only opened; None when what was typed is no number."""
        if not self.is_bound:
            return self.initial["people"]
        return self.cleaned_data.get("people") if self.is_valid() else None

    def price(self, name):
        return self.cleaned_data[name] if self.is_bound else self.fields[name].initial


def rows(form) -> list[dict]:
    """Each tool with its field; sums where there is a price and a number of people, in the money of its price."""
    people, found = form.people_given(), []
    for tool, name in form.tools:
        price = form.price(name) if people else None
        found.append(
            {
                "name": listed.name_of(tool),
                "field": form[name],
                "currency": tool.currency,
                "quoted": price is not None and listed.is_quoted(tool) and price == float(tool.price),
                "month": "" if price is None else _sum(price * people, tool.currency),
                "year": "" if price is None else _sum(12 * price * people, tool.currency),
            }
        )
    return found


def _sum(amount, currency) -> str:
    return money(amount, currency, cents=round(amount, 2) != round(amount))
