"""The applicant's own data behind their link: what is held, a copy by mail, being erased, no longer being kept."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.guards import by_link
from hiring import consents, referees_asked, wishes
from hiring.models import Stage
from hiring.models.consents import Purpose
from hiring.views.status import find
from vault import erasing, exports, files, links
from vault.models import Export


def _page(request, application, token, template):
    candidate = application.candidate_id
    context = {
        "application": application,
        "shop": application.job.company,
        "token": token,
        "lines": erasing.outlook("candidate", candidate),
        "planned": erasing.planned("candidate", candidate),
        "goes_on": wishes.goes_on(application),
        "erased_on": wishes.erased_on(application),
        "agreed": (agreed := consents.of(application)),
        # Said to the shop: nobody has their words.
        "kept_longer": None if any(row.stands for row in agreed) else wishes.kept_longer(application),
        "works_here": application.stage == Stage.HIRED and application.is_active,
        "held": erasing.holds("candidate", legal_only=True).filter(subject_id=candidate).exists(),
    }
    return render(request, template, context)


@by_link("status")
def data(request, token):
    application = find(request)
    with translation.override(application.language):
        if request.method == "POST":
            WISHES.get(request.POST.get("do"), _nothing)(request, application)
            return redirect("hiring_links:status_data", token)
        return _page(request, application, token, "hiring/link_data.html")


def _nothing(request, application):
    """A button nobody made."""


def _copy(request, application):
    if not application.email:
        messages.error(request, _("The shop has no address of yours to send it to. Please ask the shop."))
    elif wishes.ask_copy(application):
        messages.success(
            request, _("A mail with the link to your copy comes to the address you applied with.")
        )
    else:
        messages.success(request, _("You asked for this already. Please look into your mail."))


WISHES = {"copy": _copy}


@by_link("status")
@require_POST
def consent(request, token):
    """Taken back, for all applications of this person; back to the page it was asked on."""
    application = find(request)
    with translation.override(application.language):
        purpose = request.POST.get("purpose")
        if purpose in TAKING_BACK and TAKING_BACK[purpose](application):
            messages.success(request, TAKEN_BACK[purpose])
    back = "status_data" if request.POST.get("page") == "data" else "status"
    return redirect(f"hiring_links:{back}", token)


TAKING_BACK = {Purpose.KEEP: wishes.withdraw_consent, Purpose.REFEREES: referees_asked.withdraw}
TAKEN_BACK = {
    Purpose.KEEP: gettext_lazy("You are not kept longer than the law asks for."),
    Purpose.REFEREES: gettext_lazy("Nobody is asked about you any more."),
}


@by_link("status")
def erase(request, token):
    """GET says what would happen, POST asks for it. Asked twice it is asked once."""
    application = find(request)
    with translation.override(application.language):
        if request.method == "POST" and not (application.stage == Stage.HIRED and application.is_active):
            wishes.ask_erasing(application)
            return redirect("hiring_links:status_data", token)
        return _page(request, application, token, "hiring/link_erase.html")


@by_link(wishes.COPY)
def copy(request, token):
    """The mailed link: opening it changes nothing, the button hands the file out, once."""
    row = Export.objects.filter(pk=request.link.subject_id, company_id=request.link.company_id)
    row = row.select_related("file").first()
    if row is None or not row.is_ready:
        return render(request, "link_gone.html", status=404)
    with translation.override(row.language):
        if request.method == "POST" and row.file.path.exists() and links.use(request.link):
            exports.taken(row, by_link=wishes.COPY)
            return files.hand_out(row.file)
        return render(
            request, "hiring/link_copy.html", {"copy": row, "token": token, "shop": wishes.shop_of(row)}
        )
