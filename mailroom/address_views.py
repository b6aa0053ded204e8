"""[Correct the address]: one field, and the mail leaves again."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.guards import fetch, member
from accounts.models import Role
from mailroom import corrections, told, told_kinds
from mailroom.models import Mail


class AddressForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("The right address"), max_length=254)


@member(Role.OWNER)
def page(request, pk):
    row = fetch(request, Mail, pk=pk)
    if not corrections.possible(row):
        messages.info(request, _("There is nothing to correct here."))
        return redirect("mailroom:mail", pk=row.pk)
    form = AddressForm(request.POST if request.method == "POST" else None, initial={"email": row.recipient})
    if form.is_bound and form.is_valid():
        return _correct(request, row, form.cleaned_data["email"])
    return render(
        request, "mailroom/address.html", {"form": form, "mail": row}, status=422 if form.is_bound else 200
    )


def _correct(request, row, email):
    try:
        corrections.correct(row, email=email, by=request.membership)
    except corrections.TooLate:
        messages.info(request, _("There is nothing to correct here."))
    else:
        told.handled(told_kinds.FAILED, company_id=request.company.pk, about=row.pk)
        messages.success(request, _("The mail is on its way to %(email)s.") % {"email": email})
    return redirect("mailroom:mail", pk=row.pk)
