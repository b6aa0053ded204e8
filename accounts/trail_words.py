"""The trail in plain words. Each app says in AppConfig.ready how its actions read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

sentences: dict = {}  # action -> lazy sentence with %(who)s
kinds: dict = {}  # the noun an action begins with -> its lazy name in the filter


def register(action: str, sentence):
    """`register("team.invited", _("%(who)s invited somebody"))`, with a lazy translation."""
    sentences[action] = sentence


def register_kind(noun: str, name):
    """`register_kind("team", _("Team"))`: actions "team.*" can be filtered for."""
    kinds[noun] = name


def words(action: str, who: str) -> str:
    """The sentence; an action nobody has put into words shows its code."""
    if action not in sentences:
        return _("%(who)s: %(action)s") % {"who": who, "action": action}
    return sentences[action] % {"who": who}


def register_ours():
    register_kind("company", gettext_lazy("Company"))
    register_kind("team", gettext_lazy("Team"))
    register("calendar.feed_made", gettext_lazy("%(who)s made an address for a calendar of appointments"))
    register("calendar.feed_ended", gettext_lazy("%(who)s ended the address of a calendar of appointments"))
    register("company.founded", gettext_lazy("%(who)s opened the account of the shop"))
    register("company.changed", gettext_lazy("%(who)s changed the details of the shop"))
    register("company.look_changed", gettext_lazy("%(who)s changed the looks of the shop"))
    register_kind("list", gettext_lazy("Lists"))
    register("list.changed", gettext_lazy("%(who)s changed a list of tools or places"))
    register("company.factors_asked", gettext_lazy("%(who)s asked everybody for a second factor"))
    register("company.factors_left_open", gettext_lazy("%(who)s left the second factor to everybody"))
    register("team.factor_reset", gettext_lazy("%(who)s reset somebody's second factor"))
    register("team.invited", gettext_lazy("%(who)s invited somebody"))
    register("team.invited_again", gettext_lazy("%(who)s sent an invitation again"))
    register("team.joined", gettext_lazy("%(who)s came in by invitation"))
    register("team.role_changed", gettext_lazy("%(who)s changed somebody's role"))
    register("team.left", gettext_lazy("%(who)s left the team"))
    register("team.removed", gettext_lazy("%(who)s removed somebody from the team"))
    register("team.put_back", gettext_lazy("%(who)s took the leaving of somebody back"))
    register("team.invitation_withdrawn", gettext_lazy("%(who)s took an invitation back"))
    _register_data()


def _register_data():
    """What was done with one person's data, or the whole shop's."""
    register_kind("person", gettext_lazy("People's data"))
    register_kind("data", gettext_lazy("The shop's data"))
    register("person.erased", gettext_lazy("%(who)s erased the data of a person"))
    register("person.erasure_planned", gettext_lazy("%(who)s set the day on which the data of a person goes"))
    register("person.erasure_called_off", gettext_lazy("%(who)s called off the erasing of a person's data"))
    register("person.held", gettext_lazy("%(who)s had the data of a person kept"))
    register("person.hold_lifted", gettext_lazy("%(who)s ended the keeping of a person's data"))
    register("person.consent_withdrawn", gettext_lazy("%(who)s no longer wants to be kept longer"))
    register("person.copy_asked", gettext_lazy("%(who)s asked for a copy of a person's data"))
    register("person.copy_taken", gettext_lazy("%(who)s took a copy of a person's data"))
    register("data.copy_asked", gettext_lazy("%(who)s asked for a copy of all the shop's data"))
    register("data.copy_taken", gettext_lazy("%(who)s took a copy of all the shop's data"))
    register("data.copy_cancelled", gettext_lazy("%(who)s gave up a copy of data"))
    register("data.closing", gettext_lazy("%(who)s decided to close the shop"))
    register("data.kept_open", gettext_lazy("%(who)s decided to keep the shop"))
    register(
        "data.retention_stopped", gettext_lazy("%(who)s erased nobody, because so many were to go at once")
    )
