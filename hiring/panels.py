def for_member(membership) -> list:
    """What this member sees of it on the home page."""
    return []
