"""What the panel of each stage needs: one function a stage, plain values for its template."""

from hiring import (
    contract,
    evidence,
    facts,
    judging,
    kit,
    offer_panel,
    phone_panel,
    references_panel,
    signing_panel,
    talk_panel,
)
from hiring.models import (
    CvCheck,
    FactKind,
    Level,
    OfferState,
    Source,
    Stage,
)
from hiring.models.judging import Mark
from hiring.offer_forms import SignedForm
from hiring.undo_addresses import offer_address

TEMPLATES = {
    Stage.CV: "hiring/_panel_cv.html",
    Stage.PHONE: "hiring/_panel_phone.html",
    Stage.INTERVIEW: "hiring/_panel_interview.html",
    Stage.REFERENCES: "hiring/_panel_references.html",
    Stage.OFFER: "hiring/_panel_offer.html",
    Stage.HIRED: "hiring/_panel_hired.html",
}


def context(panel, member, application, forms) -> dict:
    """`forms` are bound forms that were refused and show again what was typed."""
    return {
        Stage.CV: cv,
        Stage.PHONE: phone,
        Stage.INTERVIEW: interview,
        Stage.REFERENCES: references,
        Stage.OFFER: offer,
        Stage.HIRED: hired,
    }[Stage(panel)](member, application, forms)


def ticks(application, typing=()) -> list[dict]:
    """The requirements in order, with the mark each has: the tick-list. `typing` are the marked mistakes."""
    marks = dict(CvCheck.objects.filter(application=application).values_list("requirement", "mark"))
    by = facts.counted(typing)
    return [
        {"row": row, "mark": marks.get(row.pk, ""), "level": Level(row.level).label, "typing": by}
        for row in judging.requirements(application)
    ]


def cv(member, application, forms) -> dict:
    marked = facts.marked(application)
    found = ticks(application, marked["typing"])
    rated = any(tick["mark"] for tick in found)
    return {
        "ticks": found,
        "mark_choices": Mark.choices,
        "left_empty": judging.left_empty(application) if rated else 0,
        "fact_kinds": FactKind.choices,
        "sources": Source.choices,
        **marked,
    }


def phone(member, application, forms) -> dict:
    times = talk_panel.times(member, application, forms, kind="phone", minutes=20)
    return times | phone_panel.context(application, forms.get("phone_form"), times["interviews"])


def interview(member, application, forms) -> dict:
    """One's own card, others' once one's own is in, and whether anybody else is there to speak of."""
    times = talk_panel.times(member, application, forms, kind="video", minutes=60)
    return times | kit.panel(application, member, times["interviews"])


def references(member, application, forms) -> dict:
    return references_panel.context(member, application, forms)


def offer(member, application, forms) -> dict:
    versions = list(application.offers.select_related("sent_by").order_by("-version"))
    live = next((row for row in versions if row.is_live), None)
    draft = next((row for row in versions if row.state == OfferState.DRAFT), None)
    for row in versions:
        row.application = application
        row.undo = offer_address(row, member)
    gaps = contract.gaps(draft) if draft else []
    signable = draft if draft and not gaps else _on_table(live)
    return {
        "live": live,
        "draft": draft,
        "signable": signable,
        "older": [row for row in versions if row not in (live, draft)],
        "gaps": gaps,
        "signed_form": forms.get("signed_form") or _signed_form(application, signable),
        **signing_panel.context(member, application, live, forms),
        **offer_panel.context(member, application, versions, forms),
    }


def _signed_form(application, offer):
    if offer is None:
        return None
    return SignedForm(offer=offer, initial={"name": application.name}, auto_id="signed_%s")


def _on_table(live):
    return live if live and live.state == OfferState.SENT else None


def hired(member, application, forms) -> dict:
    accepted = application.offers.filter(state=OfferState.ACCEPTED).first()
    return {
        "accepted": accepted,
        "signed_on": accepted and (evidence.signed_on(accepted) or accepted.answered_at),
        **signing_panel.context(member, application, accepted, forms),
    }
