"""The lists a job has had, one after the other, for people to read: who was read with which, and what changed."""

from dataclasses import dataclass

from django.db.models import Count

from hiring import requirements, suggestions
from hiring.models import Level


@dataclass(frozen=True)
class Listed:
    """One list. `row` is the RequirementVersion that ended it, None for the list as it is now."""

    number: int
    lines: list
    people: int
    row: object = None

    @property
    def shown(self) -> list[tuple[str, str]]:
        return [(name_of(line), level_of(line)) for line in self.lines]


@dataclass(frozen=True)
class Difference:
    """From one list to another. Each a list of tuples of text."""

    added: list
    removed: list
    levels: list
    worded: list

    def __bool__(self):
        return bool(self.added or self.removed or self.levels or self.worded)


def name_of(line) -> str:
    ours = suggestions.BY_KEY.get(line["key"])
    return line["text"] or (str(ours.name) if ours else "")


def level_of(line) -> str:
    return str(Level(line["level"]).label)


def every(job) -> list[Listed]:
    """The newest first; the list as it is now is the first of all."""
    counted = requirements.read(job).values("rubric_version").annotate(people=Count("pk"))
    people = dict(counted.values_list("rubric_version", "people"))
    now = requirements.snapshot(requirements.listed(job))
    before = job.requirement_versions.select_related("by").order_by("-number")
    lists = [Listed(row.number, row.listed, people.get(row.number, 0), row) for row in before]
    return [Listed(job.rubric_version, now, people.get(job.rubric_version, 0)), *lists]


def between(one: Listed, other: Listed) -> Difference:
    old = {line["row"]: line for line in one.lines}
    new = {line["row"]: line for line in other.lines}
    both = [(old[pk], new[pk]) for pk in new if pk in old]
    return Difference(
        added=[(name_of(line), level_of(line)) for pk, line in new.items() if pk not in old],
        removed=[(name_of(line), level_of(line)) for pk, line in old.items() if pk not in new],
        levels=[(name_of(b), level_of(a), level_of(b)) for a, b in both if a["level"] != b["level"]],
        worded=[(name_of(a), name_of(b)) for a, b in both if name_of(a) != name_of(b)],
    )
