"""What the handbook tells (mailroom.told): a page to read, a proposal, and what became of it."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mailroom import outbox, told
from mailroom.models import How
from onboarding.models import HandbookPage, HandbookProposal, HandbookRead, Onboarding
from onboarding.models.handbook import Answer
from onboarding.telling import BOSSES, NEW

TO_READ, PROPOSED, ANSWERED = "page_to_read", "page_proposed", "proposal_answered"
WORDS = {
    Answer.TAKEN: gettext_lazy("Your proposal is in the handbook now: %(page)s."),
    Answer.CHANGED: gettext_lazy("Your proposal is in the handbook now, with changes: %(page)s."),
    Answer.DECLINED: gettext_lazy("Your proposal was answered: %(page)s."),
}


def register() -> None:
    rows = [
        (TO_READ, gettext_lazy("A page of the handbook is to be read"), NEW, pages, "handbook"),
        (
            PROPOSED,
            gettext_lazy("A new colleague proposes other words for the handbook"),
            BOSSES,
            proposed,
            "proposal",
        ),
        (ANSWERED, gettext_lazy("Your proposal for the handbook was answered"), NEW, answered, "proposal"),
    ]
    for key, label, roles, look, noun in rows:
        told.register(key, label=label, default=How.ONCE, roles=roles, look=look, noun=noun)


def changed_meanwhile() -> str:
    return _("This page was changed while you were reading. This is how it reads now.")


# -- the verbs


def tell_proposed(proposal) -> None:
    """The manager of whoever proposes; without one, those who lead."""
    plan = Onboarding.objects.for_company(proposal.company_id).running().filter(hire=proposal.by_id)
    managers = [row.manager for row in plan.select_related("manager__user", "manager__company")]
    told.tell(kind=PROPOSED, members=managers, about=proposal.pk, by=proposal.by)


def tell_answered(proposal, *, by) -> None:
    """It stands on their page at once; the mail waits while the answer can be taken back."""
    told.handled(PROPOSED, company_id=proposal.company_id, about=proposal.pk)
    told.tell(kind=ANSWERED, members=[proposal.by], about=proposal.pk, by=by, not_before=outbox.soon())


def withdrawn(proposal) -> None:
    told.handled(PROPOSED, company_id=proposal.company_id, about=proposal.pk)


def not_answered(proposal) -> None:
    outbox.cancel(about=("proposal", proposal.pk), message=told.ONE)
    told.withdraw(kind=ANSWERED, company_id=proposal.company_id, about=proposal.pk)


# -- what it is now, and who may see it


def pages(members, pks) -> dict[int, told.Thing]:
    company = members[0].company_id
    rows = list(HandbookPage.objects.for_company(company).filter(pk__in=pks).order_by("pk"))
    running = set(Onboarding.objects.for_company(company).running().values_list("hire", flat=True))
    marks = HandbookRead.objects.filter(page__in=rows).values_list("page", "by", "number")
    return {row.pk: _page(row, running, marks) for row in rows}


def _page(row, running, marks) -> told.Thing:
    read = {by for page, by, number in marks if page == row.pk and number >= row.asked_number}
    path = reverse("onboarding:handbook_page", args=[row.pk])
    return told.Thing(running - read, row.asked_number == 0, path, partial(_say_page, row))


def _say_page(row, reader) -> str:
    return _("Please read this page of the handbook: %(page)s.") % {"page": row.label}


def _proposals(members, pks):
    rows = HandbookProposal.objects.for_company(members[0].company_id).filter(pk__in=pks)
    return rows.filter(page__deleted_at=None).select_related("page", "by").order_by("pk")


def proposed(members, pks) -> dict[int, told.Thing]:
    bosses = {member.pk for member in members if member.is_boss}
    return {
        row.pk: told.Thing(bosses, row.state != Answer.OPEN, _path(row), partial(_say_proposed, row))
        for row in _proposals(members, pks)
    }


def answered(members, pks) -> dict[int, told.Thing]:
    return {
        row.pk: told.Thing({row.by_id}, row.state not in WORDS, _path(row), partial(_say_answered, row))
        for row in _proposals(members, pks)
    }


def _path(row) -> str:
    return reverse("onboarding:handbook_proposal", args=[row.pk])


def _say_proposed(row, reader) -> str:
    return _("%(name)s proposes other words for a page of the handbook: %(page)s.") % {
        "name": row.by,
        "page": row.page.label,
    }


def _say_answered(row, reader) -> str:
    return WORDS[Answer(row.state)] % {"page": row.page.label}
