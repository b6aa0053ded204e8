"""The shop's own words for what it writes often: by language, with a preview and the versions before."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, typed
from accounts.guards import member
from hiring import message_templates, placeholders, talk_letters
from hiring.message_forms import TextForm
from hiring.models import Application
from hiring.views.moves import BOSSES

LANGUAGES = dict(settings.LANGUAGES)


@member(*BOSSES)
@require_safe
def index(request):
    """Every kind in one language; which languages have words of the shop's own is said beside the others."""
    language = typed.text(request.GET, "language", 10)
    language = language if language in LANGUAGES else request.company.language
    own = message_templates.own_languages(request.company.pk)
    rows = [
        {
            "kind": kind,
            "own": language in own.get(kind.key, ()),
            "url": _address(kind.key, language),
            "subject": message_templates.shipped(kind.key, language)[0],
        }
        for kind in message_templates.KINDS.values()
    ]
    context = {"rows": rows, "language": language, "languages": settings.LANGUAGES}
    return render(request, "hiring/message_texts.html", context)


@member(*BOSSES)
def edit(request, kind, language):
    _known(kind, language)
    current = message_templates.newest(request.company.pk, kind, language)
    if request.method != "POST":
        subject, text = message_templates.words(request.company.pk, kind, language)
        initial = {"subject": subject, "text": text, "seen": current.version if current else 0}
        return _page(request, kind, language, current, TextForm(initial=initial, kind=kind))
    form = TextForm(request.POST, kind=kind)
    if not form.is_valid():
        return _page(request, kind, language, current, form, status=422)
    if "preview" in request.POST:
        return _page(request, kind, language, current, form)
    return _save(request, kind, language, form)


def _known(kind, language):
    if kind not in message_templates.KINDS or language not in LANGUAGES:
        raise Http404


def _address(kind, language) -> str:
    return reverse("hiring:message_text", args=[kind, language])


def _page(request, kind, language, current, form, status=200):
    data = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    context = {
        "kind": message_templates.KINDS[kind],
        "language": language,
        "language_name": LANGUAGES[language],
        "form": form,
        "current": current,
        "names": _names(kind),
        "versions": message_templates.versions(request.company.pk, kind, language),
        **(
            _preview(request, kind, data["subject"], data["text"]) if "subject" in data else {"preview": None}
        ),
    }
    return render(request, "hiring/message_text.html", context, status=status)


def _names(kind) -> list[tuple[str, str]]:
    """What may stand in braces, and what it becomes."""
    meanings = {
        "name": _("the applicant's name"),
        "job": _("the title of the job"),
        "shop": _("the name of the shop"),
        "sender": _("whoever writes"),
        "status_link": _("the link to the page of their application"),
        "link": _("the link that this message is about"),
        "details": _("when, how long, how and with whom, each on a line"),
        "until": _("the last day"),
    }
    return [(f"{{{name}}}", meanings[name]) for name in message_templates.KINDS[kind].names]


def _preview(request, kind, subject, text) -> dict:
    """With the values of the newest applicant whose name may be seen, else of an invented one."""
    mine = Application.objects.for_company(request.company).visible_to(request.membership)
    rows = mine.select_related("job__company").defer("cover_letter", "cv_text", "search")
    person = next((row for row in rows.order_by("-pk")[:10] if not row.name_hidden), None)
    sender, link = str(request.membership), f"{settings.SITE_URL}/my/status/…/"
    given = message_templates.values(person, sender=sender, status_link=link) if person else {
        "name": "Ada Lind",
        "job": _("Support person"),
        "shop": request.company.name,
        "sender": sender,
        "status_link": link,
    }  # fmt: skip
    given |= _more(kind)
    return {
        "preview": {
            "subject": placeholders.fill_line(subject, given),
            "text": placeholders.fill(text, given),
            "who": given["name"],
            "real": person is not None,
        }
    }


def _more(kind) -> dict:
    """Something for each of the names that only this kind has; when it leaves, the real ones stand there."""
    day = timezone.now() + timedelta(days=7)
    made = {
        "link": f"{settings.SITE_URL}/my/…/",
        "details": talk_letters.details(when=date_format(day, "DATETIME_FORMAT"), minutes=30),
        "until": date_format(day, "DATE_FORMAT"),
    }
    return {name: made[name] for name in message_templates.KINDS[kind].more}


def _save(request, kind, language, form):
    data = form.cleaned_data
    fields = {"subject": data["subject"], "text": data["text"]}
    if (data["subject"], data["text"]) == message_templates.shipped(kind, language):
        fields = {"subject": "", "text": ""}  # still the product's own words, which are put right with it
    try:
        row = message_templates.save(
            request.company, kind=kind, language=language, by=request.membership, seen=data["seen"], **fields
        )
    except message_templates.Changed as changed:
        return _conflict(request, kind, language, form, changed)
    _say(request, kind, language, row, _("Saved. What leaves from now on says this."))
    return redirect(_address(kind, language))


def _conflict(request, kind, language, form, changed):
    subject, text = message_templates.words(request.company.pk, kind, language)
    version = changed.text.version if changed.text else 0
    theirs = TextForm(initial={"subject": subject, "text": text, "seen": version}, kind=kind)
    return conflicts.page(request, mine=[form], theirs=[theirs], seen=version, back=_address(kind, language))


def _say(request, kind, language, row, said):
    """Undo writes the words before as another version on top."""
    back = reverse("hiring:message_text_back", args=[kind, language])
    notices.undo(request, said, f"{back}?version={row.version - 1}&seen={row.version}")


@member(*BOSSES)
@require_POST
def put_back(request, kind, language):
    """An earlier version, or the product's own words, as the newest."""
    _known(kind, language)
    version, seen = _number(request, "version"), _number(request, "seen")
    try:
        row = message_templates.put_back(
            request.company, kind=kind, language=language, version=version, by=request.membership, seen=seen
        )
    except LookupError:
        raise Http404 from None
    except message_templates.Changed:
        messages.error(request, _("Somebody saved this text meanwhile. Nothing was changed."))
    else:
        _say(request, kind, language, row, _("These words are used again."))
    return redirect(_address(kind, language))


def _number(request, name) -> int:
    """From the form of a version, or from an Undo; what is no number is no version."""
    said = typed.text(request.POST, name, 9) or typed.text(request.GET, name, 9)
    if not (said.isascii() and said.isdigit()):
        raise Http404
    return int(said)
