from datetime import date

from readiness import after, bridging, imports
from readiness.models import TicketImport
from tests.readiness import logs
from tests.readiness.factories import make_assessment


def build(world: dict) -> None:
    """A kept result of the company, an import that is counted, one whose columns are not chosen yet, and a plan."""
    world |= {"signal": "overload", "import_kind": "import"}
    world["assessment"] = make_assessment(world["company"], by=world["owner"].user).pk
    world["import"] = make_import(world["owner"], logs.event_log(logs.cases_by_week([3] * 6)), counted=True)
    world["unmapped"] = make_import(world["owner"], logs.ticket_log(logs.cases_by_week([2] * 4)))
    world |= {"bridge_kind": "outsource", "tick": "tick"}
    plan = bridging.begin(company=world["company"], kind="self_service", by=world["owner"])
    world["bridge"], world["bridge_step"] = plan.pk, plan.steps.order_by("pk").first().pk
    hire = after.begin(
        company=world["company"], by=world["owner"], start_date=date(2026, 1, 5), job_title="Support person"
    )
    week = after.write_week(hire, by=world["owner"], monday=date(2026, 1, 5), owner=20, person=10)
    world |= {"after": hire.pk, "hours_of_week": week.pk}


def make_import(member, body, *, counted=False) -> int:
    row: TicketImport = imports.receive(company=member.company, by=member.user, upload=logs.upload(body))[0]
    if counted:
        mapping = {"shape": "events", "case": 0, "created": 2, "resolved": None, "order": "ymd"}
        imports.start(row, mapping=mapping, by=member.user)
        imports.run(row.pk)
    return row.pk
