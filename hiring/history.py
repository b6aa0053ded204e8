"""The history in sentences: whole ones, so that every language can order its words."""

from django.utils.translation import gettext as _

from hiring import rules
from hiring.models import How, Outcome, Reason, Stage, Told
from hiring.models.moves import ORDER


def sentence(move, application) -> str:
    """What this line of history says. `move.actor` should be at hand; the application tells the person's name."""
    words = {
        "actor": str(move.actor) if move.actor else "",
        "who": application.shown_name,
        "stage": Stage(move.to_stage).label,
        "reason": _reason(move),
    }
    return _pattern(move) % words


def _pattern(move) -> str:
    if not move.from_stage:
        return _applied(move)
    if move.how == How.UNDO:
        return _("%(actor)s took the last step back: %(stage)s.")
    if move.to_outcome != move.from_outcome:
        return _outcome(move)
    return _stage(move)


def _applied(move) -> str:
    if move.how == How.IMPORT:
        return _("%(actor)s brought %(who)s in from another system.")
    return _("%(who)s applied.") if move.by_link else _("%(actor)s entered %(who)s by hand.")


def _outcome(move) -> str:
    if move.from_stage == Stage.HIRED:
        return _("%(actor)s undid the hire of %(who)s. %(reason)s")
    if move.how == How.IMPORT:
        return _("%(who)s was not selected in the other system.")
    if move.to_outcome == Outcome.NOT_SELECTED:
        return _("%(actor)s did not select %(who)s. %(reason)s")
    if move.to_outcome == Outcome.WITHDRAWN:
        return _("%(who)s withdrew.") if move.by_link else _("%(actor)s noted that %(who)s withdrew.")
    return _("%(actor)s took %(who)s up again. %(reason)s")


def _stage(move) -> str:
    if move.to_stage == Stage.HIRED:
        return _("%(who)s signed and is hired.") if move.by_link else _("%(actor)s hired %(who)s.")
    if ORDER.index(move.to_stage) < ORDER.index(move.from_stage):
        return _("%(actor)s moved %(who)s back to %(stage)s.")
    if move.skipped:
        return _("%(actor)s moved %(who)s to %(stage)s, skipping stages.")
    if move.how == How.BOARD:
        return _("%(actor)s moved %(who)s to %(stage)s on the board.")
    return _("%(actor)s moved %(who)s to %(stage)s.")


def _reason(move) -> str:
    if not move.reason:
        return ""
    known = dict(Reason.choices) | dict(rules.UNHIRE) | {"other_fell_out": _("Somebody else fell out")}
    return _("Reason: %(reason)s.") % {"reason": known.get(move.reason, move.reason)}


def details(move) -> list[str]:
    """What was asked and answered, skipped, told and written with this step."""
    lines = [rules.chip_label(rule, chip) for rule, chip in move.answers.items()]
    if move.skipped:
        stages = ", ".join(str(Stage(stage).label) for stage in move.skipped)
        lines.append(_("Skipped: %(stages)s") % {"stages": stages})
    if move.told:
        lines.append(str(Told(move.told).label))
    if move.text:
        lines.append(move.text)
    return lines
