"""What a country asks of a shop that employs somebody for the first time: lists in our own words.

General information, not legal advice: no sums and no thresholds, because they change every year. Keys are a
country's own, so that what was ticked for one country is never taken for done in another.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

CHECKED = date(2026, 11, 22)
ANY, ARAB = "any", "arab"
EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
ARAB_COUNTRIES = frozenset("AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE".split())


@dataclass(frozen=True)
class Item:
    key: str
    title: str
    body: str = ""
    link: str = ""


OWN = {
    "US": (
        Item(
            "us.ein",
            _("Get an EIN, the Employer Identification Number"),
            _("From the IRS, free of charge and online in a few minutes."),
            "https://www.irs.gov/",
        ),
        Item(
            "us.state",
            _("Register with your state as an employer"),
            _("Usually two accounts: withheld income tax and unemployment insurance."),
        ),
        Item(
            "us.withholding",
            _("Set up records for withholding taxes"),
            _("Federal and, in most states, state tax. Keep them for four years."),
        ),
        Item(
            "us.compensation",
            _("Take out workers' compensation insurance"),
            _("Nearly every state asks for it from the first employee on."),
        ),
        Item(
            "us.forms",
            _("Have the forms of the first day ready: W-4 and I-9"),
            _(
                "The employee fills in their part by day one; you look at the papers within three working days."
            ),
        ),
        Item(
            "us.new_hire",
            _("Know where to report a new hire"),
            _("Each state has a page for it; the report is due soon after the start."),
        ),
        Item("us.posters", _("Put up the workplace posters"), _("Who works from home gets them by mail.")),
    ),
    "FI": (
        Item(
            "fi.business_id",
            _("Have a Business ID (Y-tunnus)"),
            _("From the shared service of the Tax Administration and the Trade Register."),
            "https://www.ytj.fi/",
        ),
        Item(
            "fi.employer",
            _("Register as an employer, if you pay wages regularly"),
            _(
                "With one employee you may count as a casual employer: the Tax Administration says which you are."
            ),
            "https://www.vero.fi/",
        ),
        Item(
            "fi.withholding",
            _("Set up records for the tax you hold back (ennakonpidätys)"),
            _("The tax card says how much."),
        ),
        Item(
            "fi.income_register",
            _("Find out how you report pay to the Incomes Register"),
            _("A few days after each payment; most payroll programs do it by themselves."),
            "https://www.vero.fi/tulorekisteri/",
        ),
        Item(
            "fi.pension", _("Take out pension insurance (TyEL)"), _("From a pension company of your choice.")
        ),
        Item(
            "fi.accident",
            _("Take out accident insurance"),
            _("It has to be there before the work begins."),
        ),
        Item(
            "fi.health",
            _("Agree on occupational health care"),
            _("It is asked for from the first employee on."),
        ),
        Item(
            "fi.agreement",
            _("See whether a collective agreement binds your trade"),
            _("It may say more about pay, hours and insurance."),
        ),
        Item("fi.terms", _("Write down the terms of work"), _("Hours and holidays are recorded, too.")),
    ),
    "SE": (
        Item(
            "se.number",
            _("Have an organisation number (organisationsnummer)"),
            _("A sole trader uses the personal number."),
            "https://verksamt.se/",
        ),
        Item(
            "se.employer",
            _("Register as an employer with Skatteverket"),
            _("Before the first pay; it is done online."),
            "https://www.skatteverket.se/",
        ),
        Item(
            "se.withholding",
            _("Set up records for tax and employer contributions"),
            _("Tax is held back by table; a return for each person goes in every month."),
        ),
        Item(
            "se.contract",
            _("Write the contract and the terms of work"),
            _("A trial period is said in it, or there is none."),
        ),
        Item(
            "se.insurance",
            _("Look at insurance and pension"),
            _("Is a collective agreement binding you? If not, think of insurance of your own."),
        ),
        Item(
            "se.environment",
            _("Begin with the working environment"),
            _("Look once a year at what could hurt or wear somebody out, and write it down."),
        ),
        Item("se.right", _("Know how to check that somebody may work in Sweden")),
    ),
    "PL": (
        Item(
            "pl.nip",
            _("Have a NIP as an employer"),
            _("Your tax number; a company has its own."),
            "https://www.biznes.gov.pl/",
        ),
        Item(
            "pl.zus",
            _("Register as a payer of contributions with ZUS"),
            _(
                "Within seven days of the first employment; the employee is registered within seven days of the start."
            ),
            "https://www.zus.pl/",
        ),
        Item(
            "pl.withholding",
            _("Prepare the tax papers: monthly advances and the yearly forms"),
            _("The employee may give you a PIT-2."),
        ),
        Item(
            "pl.medical",
            _("Book the first medical examination"),
            _("Before the first working minute, and at your cost."),
        ),
        Item(
            "pl.safety",
            _("Book the first safety training (BHP)"),
            _("Before the first working minute, too."),
        ),
        Item("pl.contract", _("Have a written contract before the work begins")),
        Item("pl.file", _("Open a personnel file and a record of working time")),
        Item(
            "pl.ppk",
            _("See whether you offer a pension scheme (PPK)"),
            _("Very small employers are free of it when everybody opts out."),
        ),
    ),
    "CN": (
        Item(
            "cn.licence",
            _("Have a business licence with its unified code"),
            _("A company from abroad without one employs through an agency."),
        ),
        Item(
            "cn.social",
            _("Open accounts for social insurance"),
            _("A new employee is registered within 30 days."),
        ),
        Item("cn.housing", _("Open an account with the housing fund")),
        Item(
            "cn.withholding",
            _("Set up records for the income tax you hold back"),
            _("It is declared every month."),
        ),
        Item(
            "cn.contract",
            _("Prepare a written contract"),
            _("It is signed within a month of the start. How long the trial may be depends on its length."),
        ),
        Item("cn.filing", _("Ask whether your city wants employment to be filed")),
        Item(
            "cn.personal",
            _("Write a notice on personal data, and ask before you take identity numbers"),
        ),
    ),
    ARAB: (
        Item("arab.licence", _("Have a commercial registration and a tax number")),
        Item(
            "arab.labour",
            _("Open a file with the labour ministry"),
            _("In some countries contracts are registered there, too."),
        ),
        Item(
            "arab.social",
            _("Register with social insurance"),
            _("Ask who is covered: nationals, or everybody."),
        ),
        Item(
            "arab.withholding",
            _("Set up records for withheld tax, where wages are taxed"),
            _("In most Gulf countries they are not."),
        ),
        Item(
            "arab.wages",
            _("Find out how wages have to be paid"),
            _("Several countries want them to go through a wage protection system."),
        ),
        Item("arab.contract", _("Prepare a contract in Arabic, or in two languages")),
        Item("arab.permits", _("Know which permits somebody from abroad needs")),
        Item("arab.medical", _("See whether medical insurance is yours to take out")),
        Item("arab.end", _("Know what is paid at the end of service")),
    ),
    ANY: (
        Item(
            "employer_id",
            _("Get your employer identifier, or what your country calls it"),
            _("Asked of whoever employs somebody for the first time."),
        ),
        Item(
            "registration",
            _("Register as an employer with the tax office"),
            _("Your accountant knows which office and which form."),
        ),
        Item("any.social", _("Register with social insurance")),
        Item(
            "withholding",
            _("Set up records for the taxes you hold back from pay"),
            _("Done right now, it saves time and money later."),
        ),
        Item(
            "any.insurance",
            _("Take out the insurance that the law asks for"),
            _("Accidents at work, most often."),
        ),
        Item("any.contract", _("Prepare a written contract")),
        Item("any.right", _("Know how to check that somebody may work in your country")),
        Item("any.safety", _("Look at health and safety at the place of work")),
        Item("any.payroll", _("Choose how you pay and how a payslip is made")),
    ),
}
# For every country of the European Union, after its own list.
UNION = (
    Item(
        "eu.pay",
        _("Name the pay, or a range, before the first interview"),
        _("And ask nobody what they earned before."),
    ),
    Item(
        "eu.privacy",
        _("Tell employees what you keep of them, why and how long"),
        _("Keep identity and bank numbers only where you need them."),
    ),
    Item("eu.hours", _("Choose how working hours are written down")),
)
BY_KEY = {item.key: item for items in [*OWN.values(), UNION] for item in items}
# What to know of the papers of the first day: bank, identity, tax.
PAPERS = {
    "US": {
        "identity": _(
            "Form I-9 asks you to look at the papers themselves. Copies are allowed, and not needed."
        ),
        "tax": _("Form W-4 comes back filled in, with the social security number on it."),
    },
    "FI": {
        "identity": _(
            "Look at the paper. The personal identity code may be used only where the law asks for it."
        ),
        "tax": _("Ask for the tax card; the tax office can send it to you directly."),
    },
    "SE": {
        "identity": _(
            "Look at the paper. Use the personal number only where it is clearly needed, as for pay."
        ),
        "tax": _("The tax table comes from Skatteverket; you need no paper for it."),
    },
    "PL": {
        "identity": _(
            "Identity papers are looked at, not copied. Write down only what the law lets you ask for."
        ),
        "tax": _("The employee may give you a PIT-2."),
    },
    "CN": {
        "identity": _("Identity numbers are sensitive: say what they are for, and ask before you take them."),
        "tax": _("The number is needed for the monthly income tax."),
    },
    ARAB: {
        "identity": _("Ask your labour ministry which papers have to be shown, and which are copied."),
        "tax": _("Where wages are not taxed there is nothing to ask for."),
    },
    ANY: {
        "identity": _("In some countries papers are looked at and not copied. Ask before you make a copy."),
        "tax": _("The tax number, or what your country calls it."),
    },
}


def code_of(country: str) -> str:
    """Which list a country (ISO 3166-1 alpha-2) has: its own, the one of Arab countries, or the general one."""
    if country in ARAB_COUNTRIES:
        return ARAB
    return country if country in OWN else ANY


def items(country: str) -> list[Item]:
    """The country's list in its order, with what the European Union adds."""
    return [*OWN[code_of(country)], *(UNION if country in EU else ())]


def note(country: str, kind: str) -> str:
    """What to know of this kind of paper there; "" for nothing."""
    return str(PAPERS[code_of(country)].get(kind, ""))
