"""Go live: what a shop needs before strangers can open its links and get its mail, and a test mail to see it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import signup
from accounts.addresses import absolute
from accounts.guards import member
from accounts.models import Company, Role
from config import backup, sample
from mailroom import outbox
from mailroom.compose import sender_address
from mailroom.models import Mail

OK, MISSING, UNKNOWN = "ok", "missing", "unknown"
TEST_MAIL = "test_mail"
DETAILS = ("legal_name", "address", "privacy_contact")


@dataclass(frozen=True)
class Check:
    """One of the four: its code, and ok, missing or unknown. `facts` are values for the template's sentences."""

    code: str
    state: str
    facts: dict


def checks(company) -> list[Check]:
    """Public address, mail, backup, company details, in this order. Nothing is looked up outside."""
    return [_address(), _mail(), _backup(), _details(company)]


def is_trial() -> bool:
    """Nobody outside can open our links, or no mail leaves."""
    return settings.KEEP_MAIL or settings.LOOPBACK


def _address() -> Check:
    public = settings.HTTPS and not settings.LOOPBACK
    facts = {"site_url": settings.SITE_URL, "loopback": settings.LOOPBACK}
    return Check("address", OK if public else MISSING, facts)


def _mail() -> Check:
    """What is configured. Whether mail arrives, only a test mail tells; SPF and the rest are explained."""
    address = sender_address()
    facts = {"kept": settings.KEEP_MAIL, "sender": address, "server": settings.EMAIL_HOST}
    domain = address.rpartition("@")[2]
    facts["domain"] = domain if "." in domain else _("your-shop.example")
    return Check("mail", MISSING if settings.KEEP_MAIL else OK, facts)


def _backup() -> Check:
    """Known only when `manage.py backup` makes it; another tool's copies are yours to check."""
    last = backup.last()
    late = last is not None and timezone.now() - last > backup.LATE
    state = UNKNOWN if last is None else MISSING if late else OK
    return Check("backup", state, {"embedded": settings.EMBEDDED, "last": last, "late": late})


def _details(company) -> Check:
    missing = [Company._meta.get_field(name).verbose_name for name in DETAILS if not getattr(company, name)]
    return Check("details", MISSING if missing else OK, {"missing": [str(name) for name in missing]})


@member(Role.OWNER)
@require_safe
def page(request):
    found = checks(request.company)
    context = {
        "checks": found,
        "done": sum(check.state == OK for check in found),
        "trial": is_trial(),
        "test_mail": last_test(request.membership),
        "signup_open": signup.is_open(),
        "sample": sample.may_remove(request),
    }
    return render(request, "config/go_live.html", context)


def last_test(membership) -> Mail | None:
    """The newest test mail to this person."""
    mails = Mail.objects.for_company(membership.company).about("membership", membership.pk)
    return mails.filter(message=TEST_MAIL).order_by("-pk").first()


@member(Role.OWNER)
@require_POST
def send_test(request):
    """A real mail through the outbox, to whoever asks; pressed twice within a minute it is one."""
    me = request.membership
    outbox.post(
        message=TEST_MAIL,
        to=me.email,
        company=request.company,
        about=("membership", me.pk),
        language=me.user.language or request.company.language,
        context={"name": me.name, "url": absolute(reverse("go_live"))},
        key=f"{TEST_MAIL}:{me.pk}:{timezone.now():%Y%m%d%H%M}",
    )
    messages.success(request, _("The test mail to %(email)s is on its way.") % {"email": me.email})
    return redirect(f"{reverse('go_live')}#test-mail")
