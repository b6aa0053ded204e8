from dataclasses import dataclass, field


@dataclass(frozen=True)
class Panel:
    """What an app shows a member on the home page: plain values and the name of a template. Low orders come first."""

    order: int
    template: str
    context: dict = field(default_factory=dict)
