from tests.readiness.factories import make_assessment


def build(world: dict) -> None:
    """A kept result of the company."""
    world["step"] = "overload"
    world["assessment"] = make_assessment(world["company"], by=world["owner"].user).pk
