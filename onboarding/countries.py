"""What a country asks for when somebody begins, as dated steps of the plan. General information, not legal advice.

The list is that of the shop's country. No amounts and no thresholds: they change every year, an accountant knows.
"""

from django.utils.translation import gettext_lazy as _

from onboarding.country_items import ARAB_COUNTRIES, EU
from onboarding.default_step import Default, M
from onboarding.kinds import Rule, When


def _by(key, days, title, body="", **more) -> Default:
    """Within so many calendar days of the first day."""
    return Default(key, days, M, title, body, rule=Rule.CALENDAR, minutes=20, **more)


def _on(key, day, title, body="", **more) -> Default:
    return Default(key, day, M, title, body, minutes=20, **more)


US = [
    _on(
        "us_state_accounts",
        -10,
        _("Open the state accounts for tax held back and for unemployment insurance"),
        _("Each state has its own; your payroll service can do it."),
        when=When.FIRST,
    ),
    _on(
        "us_workers_comp",
        -5,
        _("Take out workers' compensation insurance"),
        _("Nearly every state asks for it before somebody starts."),
        when=When.FIRST,
    ),
    _on("us_posters", -3, _("Put up the workplace posters"), when=When.FIRST),
    _on("us_w4", 1, _("Receive Form W-4"), _("It says how much tax is held back from pay.")),
    _on("us_i9_first", 1, _("Have the new hire fill in their part of Form I-9")),
    _on(
        "us_i9_check",
        3,
        _("Look at the papers for Form I-9 and fill in your part"),
        _("The new hire chooses which of the accepted papers to show."),
    ),
    _by(
        "us_new_hire", 7, _("Report the new hire to your state"), _("Some states want it sooner than others.")
    ),
]
FI = [
    _on(
        "fi_insurance",
        -5,
        _("Take out pension insurance (TyEL) and accident insurance"),
        _("Both have to be there when work begins."),
    ),
    _on(
        "fi_health",
        -5,
        _("Agree on occupational health care"),
        _("From the first employee on."),
        when=When.FIRST,
    ),
    _on(
        "fi_terms",
        1,
        _("See that the terms of work are there in writing"),
        _("Look at the collective agreement (TES) of your trade as well."),
    ),
    _on(
        "fi_tax_card",
        3,
        _("Ask for the tax card (verokortti)"),
        _("It says how much tax is held back from pay."),
    ),
    _by(
        "fi_register",
        30,
        _("Report the first pay to the incomes register"),
        _("The register says by when after each payday."),
    ),
]
SE = [
    _on("se_employer", -10, _("Register as an employer at verksamt.se"), when=When.FIRST),
    _on(
        "se_insurance",
        -5,
        _("Arrange insurance and pension"),
        _("By collective agreement (Fora, Collectum), or your own."),
    ),
    _on("se_right", -3, _("Check the right to work, for somebody from outside the EU")),
    _by("se_terms", 7, _("Give the terms of work in writing")),
    _by("se_tax", 7, _("Look up the tax table for the pay")),
    _by("se_declaration", 30, _("Hand in the first monthly employer declaration")),
]
PL = [
    _on("pl_contract", -3, _("Sign the contract in writing, before work begins")),
    _on(
        "pl_doctor",
        -3,
        _("Send the new hire to the first medical examination"),
        _("The shop pays. It has to be done before the first minute of work."),
    ),
    _on("pl_safety", 1, _("Do the first safety training (BHP)"), _("It comes before any other work.")),
    _on("pl_pit", 1, _("Receive form PIT-2, if the new hire wants it used")),
    _on("pl_file", 3, _("Begin the personnel file and the record of hours")),
    _by("pl_payer", 7, _("Register the shop with ZUS as a payer"), when=When.FIRST),
    _by("pl_zus", 7, _("Register the new hire with ZUS")),
    _by("pl_terms", 7, _("Give the written information about the conditions of work")),
]
CN = [
    _on(
        "cn_contract",
        1,
        _("Sign the written labour contract"),
        _("On the first day is best; the law leaves no more than a month."),
    ),
    _on("cn_privacy", 1, _("Ask for consent before you keep identity numbers")),
    _by("cn_insurance", 7, _("Register the new hire for social insurance")),
    _by("cn_housing", 7, _("Open or take over the housing fund account")),
    _by("cn_filing", 7, _("File the employment with the local office")),
    _by("cn_tax", 30, _("File the income tax that was held back")),
]
ARAB_STEPS = [
    _on(
        "arab_permit", -10, _("Check permits for work and residence"), _("For somebody from another country.")
    ),
    _on(
        "arab_contract",
        -3,
        _("Sign the contract in Arabic, or in two languages, and register it"),
        _("Where and how differs: the labour ministry's platform says it."),
    ),
    _on("arab_medical", 1, _("Arrange medical insurance"), _("Where your country asks for it.")),
    _by("arab_insurance", 7, _("Register the new hire for social insurance")),
    _by("arab_wages", 30, _("Pay the first wage the way your country records it")),
]
GENERIC = [
    _on("any_contract", -3, _("Have the contract signed in writing")),
    _on("any_right", -3, _("Check the right to work")),
    _on("any_insurance", -3, _("Take out the insurance that employers must have")),
    _on("any_safety", 1, _("Explain health and safety at this place of work")),
    _by("any_social", 7, _("Register the new hire for social insurance")),
    _by("any_tax", 7, _("Begin the record of tax held back from pay")),
    _by("any_payslip", 30, _("Give the first payslip")),
]
EU_STEPS = [
    _on(
        "eu_privacy",
        1,
        _("Give the privacy notice for employees"),
        _("What you keep about people, what for and how long. Look at identity papers; do not copy them."),
    ),
]
OWN = {"US": US, "FI": FI, "SE": SE, "PL": PL, "CN": CN}
EVERY = [*US, *FI, *SE, *PL, *CN, *ARAB_STEPS, *GENERIC, *EU_STEPS]
KEYS = frozenset(step.key for step in EVERY)


def steps_of(country: str) -> list[Default]:
    found = OWN.get(country) or (ARAB_STEPS if country in ARAB_COUNTRIES else GENERIC)
    return [*found, *(EU_STEPS if country in EU else [])]


def country_of(key: str) -> str:
    """The country whose list this step is from; empty for what several share."""
    code = key[:2].upper()
    return code if key in KEYS and code in OWN else ""


def is_order(key: str) -> bool:
    """Is this something a country asks for? Its page says that this is no legal advice."""
    return key in KEYS
