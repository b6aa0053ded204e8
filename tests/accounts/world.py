def build(world: dict) -> None:
    """Adds nothing yet that a route needs."""
