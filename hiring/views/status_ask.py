"""A question from the applicant's own page: it lands on the thread, and those who lead the job hear of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import throttle
from accounts.guards import by_link
from hiring import writing
from hiring.locking import Refused
from hiring.message_forms import QuestionForm
from hiring.views import status

SENDS, SECONDS = 5, 3600  # from one address


@by_link("status")
@require_POST
def ask(request, token):
    application = status.find(request)
    with translation.override(application.language):
        form = QuestionForm(request.POST)
        if form.is_valid() and not _asked(request, application, form):
            return redirect("hiring_links:status", token)
        return render(
            request, "hiring/link_status.html", status.context(application, token, form), status=422
        )


def _asked(request, application, form) -> bool:
    """Puts what is wrong on the form, and says whether something is. The same question twice is asked once."""
    if wait := throttle.wait(request, "ask", sends=SENDS, seconds=SECONDS):
        n = -(-wait // 60)
        said = ngettext(
            "That was a lot of questions. Please wait %(n)d minute.",
            "That was a lot of questions. Please wait %(n)d minutes.",
            n,
        )
        form.add_error("text", said % {"n": n})
        return True
    try:
        writing.ask(application, form.cleaned_data["text"])
    except writing.AlreadyThere:
        pass
    except Refused as refused:
        form.add_error("text", str(refused))
        return True
    messages.success(request, _("Your question is on its way. The answer comes by mail."))
    return False
