"""What the handbook says to the apps below: what it keeps, tells, adds to a copy, and how the trail speaks of it."""

from django.utils.translation import gettext_lazy as _

from accounts import trail_words
from onboarding import handbook_files, handbook_telling, models
from onboarding.keeping import OF_THE_HIRE, OF_THE_SHOP
from vault import keep

KINDS = {"handbook": _("Pages of the handbook"), "proposal": _("Proposals for the handbook")}
SENTENCES = {
    "handbook.written": _("%(who)s wrote a page of the handbook"),
    "handbook.changed": _("%(who)s changed a page of the handbook"),
    "handbook.moved": _("%(who)s moved a page of the handbook"),
    "handbook.archived": _("%(who)s put a page of the handbook away"),
    "handbook.put_back": _("%(who)s put a page of the handbook back"),
    "handbook.read": _("%(who)s has read a page of the handbook"),
    "handbook.unread": _("%(who)s took a read mark back"),
    "handbook.asked": _("%(who)s asked everybody to read a page of the handbook"),
    "handbook.not_asked": _("%(who)s asked nobody any more to read a page of the handbook"),
    "proposal.proposed": _("%(who)s proposed other words for the handbook"),
    "proposal.withdrawn": _("%(who)s withdrew a proposal for the handbook"),
    "proposal.answered": _("%(who)s answered a proposal for the handbook"),
    "proposal.reopened": _("%(who)s took the answer to a proposal back"),
}


def register() -> None:
    keep.called("handbook", models.HandbookPage)
    keep.called("proposal", models.HandbookProposal)
    purpose = _("Write down once what everybody needs to know")
    keep.register(models.HandbookPage, purpose=purpose, **OF_THE_SHOP, plain=["body", "folded"])
    keep.register(models.HandbookVersion, purpose=purpose, **OF_THE_SHOP, plain=["body", "note"])
    keep.register(models.HandbookSkip, purpose=purpose, **OF_THE_SHOP)
    keep.register(
        models.HandbookRead,
        purpose=_("Show which pages somebody has read"),
        **OF_THE_HIRE,
        of={"member": "by"},
    )
    keep.register(
        models.HandbookProposal,
        purpose=_("Let a new colleague make the handbook better"),
        **OF_THE_HIRE,
        of={"member": "by"},
        personal=["body", "reason", "comment"],
        hidden=["undoable", "undo_until"],
    )
    handbook_telling.register()
    handbook_files.register()
    for noun, name in KINDS.items():
        trail_words.register_kind(noun, name)
    for action, sentence in SENTENCES.items():
        trail_words.register(action, sentence)
