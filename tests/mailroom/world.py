from tests.mailroom.factories import make_mail


def build(world: dict) -> None:
    world["mail"] = make_mail(world["company"]).pk
