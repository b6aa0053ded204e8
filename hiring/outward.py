"""How the team is named to people outside of it: by names, never by an address somebody signs in with."""


def name(member, company) -> str:
    """The member's name; the shop's where there is none, or nobody."""
    return (member.name if member else "") or company.name


def names(members, company) -> list[str]:
    """The same of several, in their order; the shop stands there once however many are without a name."""
    return list(dict.fromkeys(name(member, company) for member in members))
