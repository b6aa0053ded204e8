"""Ids of another company inside what is posted: refused or left out, and no row of either company changes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hiring.models import Answer, Application, Job, Rating
from tests.hiring import adverts as forms
from tests.test_crawl import PEOPLE, everything
from tests.test_routes import ROWS, address
from tests.world import make_other_world, make_world
from vault import files


@pytest.fixture
def worlds(db):
    """Ours and the rival's."""
    ours = make_world()
    return ours, make_other_world(ours)


def foreign_rows(rival) -> dict:
    job = Job.objects.get(pk=rival["job"])
    return {
        "requirement": job.requirements.earliest("pk").pk,
        "question": job.questions.earliest("pk").pk,
        "draft": files.keep_draft(
            SimpleUploadedFile("cv.txt", b"Two years in a tea shop. " * 9),
            purpose=f"cv:{job.pk}",
            company_id=job.company_id,
        ),
    }


def start_of(member, manager):
    dates = {"job_title": "Support", "start_date": "2027-02-01", "weekdays": [0, 1]}
    return dates | {"member": member, "manager": manager}


def posts(ours, rival):
    """Route, and a body in which one id is the rival's; with what would be taken otherwise."""
    rows, other = foreign_rows(rival), {role: rival[role].pk for role in PEOPLE}
    job = Job.objects.get(pk=ours["job"])
    person, edited = {"name": "Ann", "email": "ann@mail.example"}, forms.typed(job)
    return [
        ("accounts:switch", {"company": rival["company"].pk}),
        ("hiring:assign", {"membership": other["interviewer"]}),
        ("hiring:assign", {"membership": other["interviewer"], "remove": "1"}),
        ("hiring:next_step", {"next_step": "Call", "next_step_who": other["manager"]}),
        ("hiring:job_members", {"managers": [ours["manager"].pk, other["manager"]]}),
        ("hiring:marks", {f"mark_{rows['requirement']}": "met"}),
        ("hiring:job_edit", edited | {"do": f"remove-r{rows['requirement']}"}),
        ("hiring:job_edit", edited | {"do": f"up-q{rows['question']}"}),
        ("hiring:job_edit", edited | {f"r{rows['requirement']}-text": "Ours now"}),
        ("hiring:application_add", person | {"cv-kept": rows["draft"]}),
        ("careers:apply", person | {"cv-kept": rows["draft"], "do": "anyway"}),
        ("onboarding:start", start_of(other["interviewer"], ours["owner"].pk)),
        ("onboarding:start", start_of(ours["manager"].pk, other["manager"])),
        ("onboarding:details", {"start_time": "09:00", "ask_until": "17:00", "buddy": other["manager"]}),
    ]


def test_ids_of_the_rival_in_a_form_are_refused(worlds, sign_in):
    ours, changed = worlds[0], []
    client, bodies = sign_in(ours["owner"]), posts(ours, worlds[1])
    for name, body in bodies:
        row = next(row for row in ROWS if row["name"] == name)
        before = everything()
        response = client.post(address(row, ours), body)
        assert response.status_code in {302, 404, 422}, name
        after = everything()
        # A message about the refusal is kept in the session.
        differ = {label for label, rows in after.items() if rows != before[label]} - {"accounts.Session"}
        changed += [(name, body, label) for label in sorted(differ)]
    assert changed == []


def test_a_card_and_an_application_keep_to_their_own_jobs_rows(worlds, sign_in):
    """What another job's row is given is left out: the rest is taken, and nothing of the rival's is touched."""
    ours, rival = worlds[0], foreign_rows(worlds[1])
    client, counts = sign_in(ours["owner"]), (Rating.objects.count(), Answer.objects.count())
    card = {f"level_{rival['requirement']}": "5", "recommendation": "yes"}
    client.post(reverse("hiring:scorecard", args=[ours["assigned"]]), card)
    body = {"name": "Ann", "email": "ann@mail.example", f"question-{rival['question']}": "X", "do": "anyway"}
    client.post(reverse("careers:apply", args=[ours["slug"], ours["job_slug"]]), body)
    assert Application.objects.latest("pk").company == ours["company"]
    assert not Rating.objects.filter(
        requirement=rival["requirement"], scorecard__company=ours["company"]
    ).exists()
    assert not Answer.objects.filter(
        question=rival["question"], application__company=ours["company"]
    ).exists()
    assert Rating.objects.count() == counts[0]


# Here the company is kept in the session, a file was taken and a row removed by the body before, and the first
# question cannot go up.
NO_CHANGE = {"accounts:switch", "careers:apply", "hiring:job_edit"}


def test_the_same_bodies_with_our_own_ids_are_taken(worlds, sign_in):
    """So it is the id that was refused."""
    ours, idle = worlds[0], set()
    client = sign_in(ours["owner"])
    for name, body in posts(ours, ours):
        row, before = next(row for row in ROWS if row["name"] == name), everything()
        client.post(address(row, ours), body)
        if everything() == before:
            idle.add(name)
    assert idle <= NO_CHANGE
