"""How a step of the catalogue is written down."""

from dataclasses import dataclass
from datetime import time

from onboarding.kinds import Kind, Part, Rule, When

H, M, B = Part.HIRE, Part.MANAGER, Part.BUDDY


@dataclass(frozen=True)
class Default:
    """One step: due by `number` under `rule`; `at` and `minutes` say when on that day and for how long."""

    key: str
    number: int
    owner: Part
    title: str
    body: str = ""
    kind: Kind = Kind.TASK
    partner: str = ""
    rule: Rule = Rule.DAY
    minutes: int = 15
    at: time | None = None
    when: When = When.ALWAYS
    required: bool = True
    after: str = ""
