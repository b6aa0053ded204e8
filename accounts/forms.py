from allauth.account import forms as allauth_forms
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import colours, places, second_factors, signup, slugs, team
from accounts.models import Company, Role, User
from accounts.why import Explained
from vault import pictures
from vault.refusals import Refused
from vault.unfit import Unfit


def clean_address(slug: str, *, company=None) -> str:
    """Raises ValidationError for a public address that is reserved or another shop's."""
    if slug in slugs.RESERVED:
        raise ValidationError(_("This address is needed for something else. Please choose another."))
    if Company.objects.filter(slug=slug).exclude(pk=company and company.pk).exists():
        raise ValidationError(_("Another shop has this address. Please choose another."))
    return slug


WHY_PLACE = {
    "country": _("It decides which holidays, rules and forms count."),
    "currency": _("Pay and costs are written in it."),
    "timezone": _("Calls, mails and first days follow it."),
    "language": _("Pages and mails speak it, until somebody chooses another."),
}


class PlaceForm(Explained, forms.Form):
    """Where a shop is: guessed, shown in one line, changed by those who care."""

    WHY = WHY_PLACE

    PLACE = ("country", "currency", "timezone", "language")

    country = forms.ChoiceField(label=_("Country"), choices=places.countries, required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=places.currencies, required=False)
    timezone = forms.ChoiceField(label=_("Time zone"), choices=places.zones, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)
    slug = forms.SlugField(
        label=_("Public address"),
        max_length=slugs.LONGEST,
        required=False,
        help_text=_(
            "The last part of the address of your job adverts. Left empty, it follows the shop's name."
        ),
    )

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        return clean_address(slug) if slug else ""

    def place(self, request) -> dict:
        """What was chosen, and a guess for what was not."""
        return {key: self.cleaned_data.get(key) or value for key, value in places.guess(request).items()}

    @property
    def line(self) -> dict:
        """The guess in the reader's words."""
        value = {name: self[name].value() or "" for name in self.PLACE}
        return {
            "country": places.country_name(value["country"]),
            "currency": places.currency_name(value["currency"]),
            "zone": places.zone_name(value["timezone"]),
            "language": dict(settings.LANGUAGES).get(value["language"], ""),
        }

    @property
    def place_errors(self) -> bool:
        return bool(set(self.errors) & {*self.PLACE, "slug"})


class ShopForm(PlaceForm):
    """A shop for somebody who has an account already."""

    shop_name = forms.CharField(label=_("Shop name"), max_length=120)

    WHY = WHY_PLACE | {"shop_name": _("Applicants read it on your adverts. You can change it later.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.explain()

    def found(self, *, user, request):
        """Raises signup.Closed."""
        with signup.door():
            return signup.found(
                user=user,
                request=request,
                name=self.cleaned_data["shop_name"],
                slug=self.cleaned_data["slug"],
                **self.place(request),
            )


class SignupForm(ShopForm, allauth_forms.SignupForm):
    """The account, the company and its first owner are one transaction."""

    field_order = ["email", "password1", "shop_name", *PlaceForm.PLACE, "slug"]
    WHY = ShopForm.WHY | {"email": _("You sign in with it, and answers of applicants come here.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, value in places.guess(context.request).items():
            self.initial.setdefault(name, value)
        self.fields["email"].label = _("E-mail")
        self.fields["password1"].help_text = _("At least 12 characters. A few words are best.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def signup(self, request, user):
        """allauth calls this between saving the user and their address."""

    def save(self, request):
        try:
            with signup.door():
                user = super().save(request)
                user.language = self.place(request)["language"]
                user.save(update_fields=["language"])
                if settings.ACCOUNT_EMAIL_VERIFICATION == "none":
                    EmailAddress.objects.filter(user=user).update(
                        verified=True
                    )  # no mail leaves: nothing to click
                self.found(user=user, request=request)
                return user
        except signup.Closed:
            raise ImmediateHttpResponse(render(request, "account/signup_closed.html", status=403)) from None


class CompanyForm(Explained, forms.ModelForm):
    WHY = WHY_PLACE | {
        "name": _("Applicants and new colleagues read it on every page."),
        "address": _("It stands in contracts and in the privacy notice."),
    }

    country = forms.ChoiceField(label=_("Country"), choices=places.countries)
    currency = forms.ChoiceField(label=_("Currency"), choices=places.currencies)
    timezone = forms.ChoiceField(label=_("Time zone"), choices=places.zones)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Company
        fields = [
            "name",
            "legal_name",
            "address",
            "privacy_contact",
            "country",
            "language",
            "currency",
            "timezone",
            "slug",
        ]
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "legal_name": _("As registered. It stands in contracts and in the privacy notice."),
            "privacy_contact": _("Applicants write here about their data."),
            "slug": _(
                "The last part of the address of your job adverts. Links with the old one stop working."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision
        self.explain()

    def clean_slug(self):
        return clean_address(self.cleaned_data["slug"].lower(), company=self.instance)


class FactorsForm(forms.Form):
    """Whether everybody needs a second factor, and from which day on."""

    everybody = forms.BooleanField(label=_("Everybody needs a second factor"), required=False)
    since = forms.DateField(
        label=_("From this day on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Until then everybody is reminded on each page. After it, nothing else opens."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, shop, **kwargs):
        today = second_factors.today(shop)
        asked = shop.factors_from is not None
        initial = {"everybody": asked, "since": shop.factors_from or today + second_factors.GRACE}
        super().__init__(*args, initial=initial | {"seen": shop.revision}, **kwargs)
        self.first, self.last = today, today + second_factors.LATEST
        self.kept = shop.factors_from

    def clean(self):
        found = super().clean()
        day = found.get("since")
        if not found.get("everybody") or "since" in self.errors:
            return found
        if day is None:
            self.add_error("since", _("Please choose the day."))
        elif day != self.kept and not self.first <= day <= self.last:
            self.add_error("since", _("Please choose a day from today on, within the next 90 days."))
        return found

    @property
    def day(self):
        """The day from which on it counts, None when nobody is asked."""
        return self.cleaned_data["since"] if self.cleaned_data["everybody"] else None


class ColourInput(forms.TextInput):
    """A hexadecimal colour, typed; js/look.js puts the browser's own picker beside it."""

    def __init__(self, example):
        super().__init__(
            {
                "data-colour": "",
                "placeholder": example,
                "spellcheck": "false",
                "autocomplete": "off",
                "dir": "ltr",
            }
        )


class LookForm(forms.Form):
    """The shop's colours and logo. Refuses what cannot be read, and says which colour could."""

    LOGO_MB = 2
    LOGO_SIZE = {"width": 640, "height": 240}

    accent = forms.CharField(
        label=_("Colour of buttons and links"),
        max_length=7,
        required=False,
        widget=ColourInput(colours.OURS[0]),
        help_text=_("Such as #b8400f. Left empty, Firsthire's own colour is used."),
    )
    on_accent = forms.CharField(
        label=_("Text on it"),
        max_length=7,
        required=False,
        widget=ColourInput(colours.OURS[1]),
        help_text=_("Left empty, black or white is used, whichever reads better."),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG or WebP, up to 2 MB. Its background may be transparent."),
    )
    remove_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def clean_accent(self):
        return self._colour("accent")

    def clean_on_accent(self):
        return self._colour("on_accent")

    def _colour(self, name) -> str:
        colour = self.cleaned_data[name].strip().lower()
        if colour and not colours.is_colour(colour):
            raise ValidationError(
                _("Please write the colour as # and six letters or digits, such as #b8400f.")
            )
        return colour

    def clean_logo(self):
        """The finished picture, or None."""
        upload = self.cleaned_data["logo"]
        if not upload:
            return None
        if upload.size > self.LOGO_MB * 1_000_000:
            raise ValidationError(str(Refused("large", max_mb=self.LOGO_MB)))
        try:
            return pictures.renew(upload.read(), **self.LOGO_SIZE)
        except Unfit as unfit:
            values = {"kinds": "PNG, JPEG, WebP"} if unfit.code == "type" else {}
            raise ValidationError(str(Refused(unfit.code, **values))) from None

    def clean(self):
        found = super().clean()
        accent, text = found.get("accent"), found.get("on_accent")
        if accent == "" and text:
            self.add_error("accent", _("Please choose the colour that this text stands on, too."))
        elif accent and text == "":
            found["on_accent"] = max(
                (colours.WHITE, colours.BLACK), key=lambda end: colours.contrast(accent, end)
            )
        elif accent and text and (ratio := colours.contrast(accent, text)) < colours.READABLE:
            self.add_error("accent", self._unreadable(accent, text, ratio))
        return found

    def _unreadable(self, accent, text, ratio) -> str:
        return _(
            "Text in %(text)s is hard to read on this: the contrast is %(ratio)s, and 4.5 is needed. "
            "The nearest colour that works is %(proposal)s."
        ) % {
            "text": text,
            "ratio": formats.number_format(int(ratio * 10) / 10, 1),
            "proposal": colours.nearest(accent, [text]),
        }


class ProfileForm(forms.ModelForm):
    timezone = forms.ChoiceField(label=_("Time zone"), required=False)

    class Meta:
        model = User
        fields = ["name", "language", "timezone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["language"].choices = [("", _("The browser's language")), *settings.LANGUAGES]
        self.fields["timezone"].choices = [("", _("The shop's time zone")), *places.zones()]


class InviteForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["role"].choices = [(role.value, role.label) for role in reversed(team.may_give(by))]

    def save(self):
        """Invites; None, with the reason beside the address, when that cannot be."""
        try:
            return team.invite(company=self.by.company, by=self.by, **self.cleaned_data)
        except team.Refused as refused:
            self.add_error("email", str(refused))
            return None


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class ComeInForm(forms.Form):
    """The invited person's name and new password."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A few words are best."),
    )

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, initial={"name": place.name}, **kwargs)
        self.place = place

    def clean_password(self):
        user = User(email=self.place.email, name=self.cleaned_data.get("name", self.place.name))
        password_validation.validate_password(self.cleaned_data["password"], user)
        return self.cleaned_data["password"]
