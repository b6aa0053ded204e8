"""What the product says in the messages of hiring, with the placeholders that a shop's own words may hold as well."""

from django.utils import translation
from django.utils.translation import gettext as _

# The sentences are those of templates/emails, so that each is translated once.
_MARKS = {
    "name": "{name}", "company": "{shop}", "company_name": "{shop}", "job_title": "{job}", "sender": "{sender}",
    "day": "{until}", "until": "{until}",
}  # fmt: skip


def _joined(*paragraphs) -> str:
    return "\n\n".join(paragraphs) % _MARKS


def _received():
    return (
        _("Your application to %(company)s has arrived") % _MARKS,
        _joined(
            _("Hello %(name)s,"),
            _(
                'thank you for applying to %(company)s as "%(job_title)s". Your application has arrived and a person '
                "will read it."
            ),
            _("Here you see how far it is, and can take it back at any time:") + "\n{status_link}",
            _("The link is yours alone; please do not pass it on."),
            "{shop}",
        ),
    )


def _not_selected():
    return (
        _("Your application to %(company_name)s: %(job_title)s") % _MARKS,
        _joined(
            _("Hello %(name)s,"),
            _(
                "thank you for applying to %(company_name)s as %(job_title)s, and for the time you put into it."
            ),
            _(
                "We have decided to go on with other people. That is about this one job, not about you, and we wish "
                "you luck with the next one."
            ),
            _("If you would like to read what we wrote down about your application, answer this mail."),
            _("Kind regards, %(company_name)s"),
        ),
    )


def _letter(*paragraphs):
    """About the application, from whoever writes it."""
    subject = _("Your application to %(company_name)s: %(job_title)s") % _MARKS
    return subject, _joined(_("Hello %(name)s,"), *paragraphs, _("Kind regards,") + "\n{sender}, {shop}")


def _call():
    return _letter(
        _("thank you for your application. We would like to talk to you about it, for about 20 minutes."),
        _("When would it suit you this week or next? Two or three times to choose from are best."),
    )


def _delay():
    return _letter(
        _("we are still reading and talking to people, and it takes longer than we thought."),
        _("Your application is not forgotten. You hear from us as soon as we know more."),
    )


def _pool():
    return _letter(
        _("we would like to keep your application, in case another job comes up that suits you."),
        _("If you would rather not, answer this mail, and we delete it."),
    )


def _offer():
    return _letter(
        _("we have sent you an offer and hope that it has reached you."),
        _("If anything in it is unclear, or you would like something to be different, answer this mail."),
    )


def _free():
    return _letter("")


def _choose_time():
    return (
        _("Choose a time to talk with %(company_name)s about %(job_title)s") % _MARKS,
        _joined(
            _("Hello %(name)s,"),
            _(
                "we would like to talk with you about the job as %(job_title)s. Choose the time that suits you:"
            ),
            "{link}",
            "{details}",
            _(
                "The times are shown in your own time zone. Until the talk begins you can move or cancel it on the "
                "same page; the page is open until %(day)s."
            ),
            _("If no time suits you, or if you need anything changed to do your best, answer this mail."),
            _("Kind regards, %(sender)s, %(company_name)s"),
        ),
    )


def _invitation():
    return (
        _("Talk with %(company_name)s about %(job_title)s") % _MARKS,
        _joined(
            _("Hello %(name)s,"),
            _("we would like to talk with you about the job as %(job_title)s."),
            "{details}",
            _(
                "If that time does not suit you, or if you need anything changed to do your best, answer this mail."
            ),
            _("Kind regards, %(company_name)s"),
        ),
    )


def _work_sample():
    return (
        _("A short work sample for %(company_name)s: %(job_title)s") % _MARKS,
        _joined(
            _("Hello %(name)s,"),
            _(
                "we would like to see how you write to customers. Two customers of an invented shop are waiting for "
                "an answer from you."
            ),
            "{link}",
            _("You may send it until %(day)s."),
            _(
                "People read it, without your name. If another form suits you better, or anything is unclear, answer "
                "this mail."
            ),
            _("Kind regards, %(sender)s, %(company_name)s"),
        ),
    )


def _offer_letter():
    return (
        _("An offer from %(company_name)s: %(job_title)s") % _MARKS,
        _joined(
            _("Hello %(name)s,"),
            _(
                "we would like to work with you. Here is our offer as %(job_title)s, with the contract to read, save "
                "and print:"
            ),
            "{link}",
            _("It stands until: %(until)s"),
            _("You sign by typing your name on that page. If you have questions first, answer this mail."),
            _("Kind regards, %(sender)s, %(company_name)s"),
        ),
    )


_SHIPPED = {
    "received": _received, "call": _call, "delay": _delay, "pool": _pool, "offer": _offer, "free": _free,
    "choose_time": _choose_time, "invitation": _invitation, "work_sample": _work_sample,
    "offer_letter": _offer_letter,
}  # fmt: skip


def shipped(kind: str, language: str) -> tuple[str, str]:
    """(subject, text) as the product says it in this language, with its placeholders."""
    with translation.override(language):
        return _SHIPPED.get(kind, _not_selected)()
