"""When to ask first, as rules: what each is about, who answers, by when, and what may be sent meanwhile.

Until a shop writes its own versions the suggested ones hold. A rule asks for a yes at any level of freedom.
"""

import re
import secrets
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from accounts import places
from onboarding import defaults
from onboarding.models import EscalationRule
from onboarding.reply_kinds import About, Within
from vault import trail

SUGGESTED = [about for about in About if about != About.OWN]
MOST = 30  # rules of one shop
WRITTEN = ("title", "amount", "currency", "who", "within", "meanwhile", "on")
MEANWHILE = gettext_lazy("Thank you, I am asking a colleague and will write again by tomorrow.")
# Words that may mean a rule; a person decides. Divided by commas, each language its own.
HINTS = {
    About.REFUND: pgettext_lazy("words of customers, divided by commas", "refund, money back"),
    About.EXCHANGE: pgettext_lazy("words of customers, divided by commas", "exchange, swap, return"),
    About.CUSTOM: pgettext_lazy(
        "words of customers, divided by commas", "custom, personalised, made to order"
    ),
    About.SAFETY: pgettext_lazy(
        "words of customers, divided by commas",
        "injury, injured, hurt, burn, allergic, hospital, fire, unsafe",
    ),
    About.LAWYER: pgettext_lazy(
        "words of customers, divided by commas",
        "lawyer, solicitor, court, police, journalist, newspaper, press",
    ),
    About.FRAUD: pgettext_lazy(
        "words of customers, divided by commas", "chargeback, dispute, fraud, stolen card, scam"
    ),
    About.DATA: pgettext_lazy(
        "words of customers, divided by commas", "personal data, my data, delete my account, GDPR"
    ),
    About.ABUSE: pgettext_lazy("words of customers, divided by commas", "threat, kill, idiot"),
}
BY_WHEN = {
    Within.HOUR: gettext_lazy("%(rule)s: %(name)s answers within an hour."),
    Within.TODAY: gettext_lazy("%(rule)s: %(name)s answers the same day."),
    Within.NEXT: gettext_lazy("%(rule)s: %(name)s answers by the next working day."),
}


class Changed(Exception):
    """Somebody wrote another version since this one was opened."""


# -- reading


def current(company_id) -> list[EscalationRule]:
    """The newest version of each rule, switched off ones too, suggested ones first. One query."""
    rows = EscalationRule.objects.filter(company_id=company_id).select_related("who").order_by("number", "pk")
    newest = {row.code: row for row in rows}
    suggested = [newest.pop(about.value, None) or _suggested(company_id, about) for about in SUGGESTED]
    return suggested + sorted(newest.values(), key=lambda row: row.code)


def _suggested(company_id, about) -> EscalationRule:
    return EscalationRule(company_id=company_id, code=about.value, about=about)


def active(company_id) -> list[EscalationRule]:
    return [rule for rule in current(company_id) if rule.on]


def versions(company_id, code):
    rows = EscalationRule.objects.filter(company_id=company_id, code=code)
    return rows.select_related("by", "who").order_by("-number")


def label(rule) -> str:
    """The rule in the shop's words, else in ours with its amount."""
    if rule.title:
        return rule.title
    if rule.about == About.REFUND and rule.amount is None:
        return _("A refund above the limit you were given")
    if rule.about == About.REFUND:
        return _("A refund above %(amount)s") % {"amount": money(rule.amount, rule.currency)}
    return str(About(rule.about).label)


def asked_about(rule) -> str:
    """The same as a question names it: a refund, whatever its amount."""
    if rule.about == About.REFUND and not rule.title:
        return pgettext("what a question is about", "A refund")
    return label(rule)


def money(amount: Decimal, currency: str) -> str:
    """As the reader writes it, without cents where there are none."""
    locale = places.reader()
    pattern = locale.currency_formats["standard"].pattern
    if amount == int(amount):
        pattern = pattern.replace(".00", "")
    return format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)


def sentence(rule) -> str:
    """The rule with who answers, and by when."""
    name = rule.who.name if rule.who else _("your manager")
    return BY_WHEN[Within(rule.within)] % {"rule": label(rule), "name": name}


def meanwhile(rule) -> str:
    return rule.meanwhile or str(MEANWHILE)


def as_text(company_id) -> tuple[str, str]:
    """ "When to ask first" made of the rules, and its edition; suggested rules alone are the catalogue's text."""
    rules = current(company_id)
    written = sum(rule.number for rule in rules)
    if not written:
        return defaults.ask_first(), "0"
    on = [rule for rule in rules if rule.on]
    if not on:
        return _("Nothing needs a yes before you answer. Ask whenever you are not sure."), f"0.{written}"
    lines = [str(defaults.ASK_FIRST[0])]
    usual = len({meanwhile(rule) for rule in on}) == 1  # one sentence for all of them stands at the end
    for rule in on:
        lines += [f"- {sentence(rule)}", *([] if usual else [_may_send(rule)])]
    lines += [_may_send(on[0])] if usual else []
    return "\n".join(lines), f"0.{written}"


def _may_send(rule) -> str:
    return _("While you wait you may send: “%(text)s”") % {"text": meanwhile(rule)}


# -- asking


@dataclass(frozen=True)
class Verdict:
    """Does this need somebody's yes first? `rule` says why; without one it is the level that asks, or nothing."""

    needed: bool
    rule: EscalationRule | None = None


def holds(rule, amount=None, currency="") -> bool:
    """Does the rule ask for a yes? A refund within the amount does not; an amount nobody can compare does."""
    if not rule.on:
        return False
    if rule.about != About.REFUND or rule.amount is None or amount is None:
        return True
    return currency != rule.currency or amount > rule.amount


def ask(rules, code, *, amount=None, currency="") -> Verdict:
    """ "Would this need approval?": `code` names the rule it may be, "" none of them."""
    rule = next((rule for rule in rules if rule.code == code), None)
    if rule is not None and holds(rule, amount, currency):
        return Verdict(True, rule)
    return Verdict(False)


def matching(rules, codes) -> list[EscalationRule]:
    """Of the rules that hold now those with these codes: a code of a rule that is off asks for nothing."""
    return [rule for rule in rules if rule.on and rule.code in codes]


def hints(rules, text) -> list[tuple[EscalationRule, str]]:
    """(rule, word of the text that made us think of it). Only a hint: words mean many things."""
    found = [(rule, _word_in(text, rule)) for rule in rules if rule.about in HINTS]
    return [(rule, word) for rule, word in found if word]


def _word_in(text, rule) -> str:
    words = [word.strip() for word in str(HINTS[About(rule.about)]).replace("、", ",").split(",")]
    return next((word for word in words if word and _says(text, word)), "")


def _says(text, word) -> bool:
    """As a word of its own where blanks divide words; anywhere in Chinese, which has none."""
    pattern = re.escape(word) if re.search(r"[\u3400-\u9fff]", word) else rf"(?<!\w){re.escape(word)}(?!\w)"
    return re.search(pattern, text, re.IGNORECASE) is not None


# -- writing


def write(*, company, by, code, seen, **values) -> EscalationRule:
    """The next version of a rule, when `values` differ from the version with number `seen`.

    Raises Changed when somebody else wrote one after `seen`, LookupError for a code of nobody's.
    """
    before = next((rule for rule in current(company.pk) if rule.code == code), None)
    if before is None:
        raise LookupError(code)
    if before.number != seen:
        raise Changed(before)
    wanted = {name: values.get(name, getattr(before, name)) for name in WRITTEN}
    if all(getattr(before, name) == value for name, value in wanted.items()):
        return before
    return _insert(company, by, code=code, about=before.about, number=seen + 1, **wanted)


def add(*, company, by, **values) -> EscalationRule | None:
    """A rule of the shop's own; None when there are enough of them."""
    if len(current(company.pk)) >= MOST:
        return None
    code = f"own-{secrets.token_hex(6)}"
    return _insert(company, by, code=code, about=About.OWN, number=1, **values)


def take_back(*, company, by, code, number) -> EscalationRule:
    """The version before `number` holds again, as a new version: nothing of the history goes. Raises Changed."""
    before = versions(company.pk, code).filter(number=number - 1).first() or _of_code(company.pk, code)
    values = {name: getattr(before, name) for name in WRITTEN} if before else {"on": False}
    return write(company=company, by=by, code=code, seen=number, **values)


def _of_code(company_id, code) -> EscalationRule | None:
    return _suggested(company_id, About(code)) if code in {about.value for about in SUGGESTED} else None


def _insert(company, by, **values) -> EscalationRule:
    try:
        with transaction.atomic():
            row = EscalationRule.objects.create(company=company, by=by, **values)
            trail.record(
                "escalation.written",
                company_id=company.pk,
                actor_id=by.user_id,
                kind="escalation",
                pk=row.pk,
                fields=list(WRITTEN),
            )
    except IntegrityError as error:
        raise Changed from error
    return row
