"""One job on the air with somebody who has applied, and one that is still a draft; the manager is on both."""

from datetime import timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from accounts import feed
from hiring import (
    applying,
    bulk,
    calendar_reading,
    careers_site,
    contract,
    contract_templates,
    copying,
    deleted,
    facts,
    notes,
    offer_questions,
    offers,
    placements,
    pool,
    questions,
    reference_letters,
    samples_sending,
    written_references,
)
from hiring.models import (
    Act,
    Application,
    Assignment,
    CallTry,
    JobMember,
    OfferApproval,
    Outcome,
    ReadOut,
    Referee,
    RefereesAsked,
    SamePerson,
    Stage,
)
from tests.hiring import brought, letters
from tests.hiring.acts import put
from tests.hiring.adverts import make_draft, make_published
from tests.hiring.booked import address_of, offered
from tests.hiring.factories import (
    bring,
    go,
    make_application,
    make_interview,
    make_job,
    make_offer,
    make_reference,
)
from tests.hiring.placed import placed
from vault import links


def build(world: dict) -> None:
    job, draft = make_published(world["owner"]), make_draft(world["owner"])
    for row in (job, draft):
        JobMember.objects.create(company=world["company"], job=row, membership=world["manager"])
    careers_site.save(world["company"], by=world["owner"], about="We sell tea.", jobs_feed=True)
    posted = placements.post(job, "linkedin", values=placed(), by=world["owner"])
    application = make_application(job)
    address = applying.status_address(application)
    world |= {
        "job": job.pk,
        "job_slug": job.slug,
        "draft_job": draft.pk,
        "job_template": copying.save_template(job, name="Tea", by=world["owner"]).pk,
        "placement": posted.pk,
        "place": "wwr",
        "text_kind": "delay",
        "text_language": "en",
        "application": application.pk,
        "pair": pair_with(application).pk,
        "status_token": address.rstrip("/").rpartition("/")[2],
    }
    world |= on_the_way(world, job) | {"bulk": several(world, job).pk} | answered(world, job)
    world |= for_later(world, job)
    world |= brought_in(world["owner"], job)
    world |= marked(world, application) | read_out(application) | corresponded(application, world["owner"])
    world |= thrown_away(world) | {"note": notes.add(application, by=world["owner"], text="Friendly").pk}


def for_later(world, job) -> dict:
    """Somebody in the talent pool, told of another job."""
    kept = make_application(job, keep_longer_until=localdate() + timedelta(days=90))
    put(kept, Stage.CV, Outcome.WITHDRAWN)
    other = make_job(world["company"], members=[world["manager"]])
    invitation = pool.invite(kept, other, by=world["owner"])
    token = pool._link(kept).rstrip("/").rpartition("/")[2]
    return {"kept": kept.pk, "invitation": invitation.pk, "pool_token": token}


def pair_with(application):
    again = make_application(application.job, email=application.email)
    return SamePerson.objects.create(company=application.company, first=application, second=again)


def several(world, job):
    """Chosen, and not gone on with."""
    rows = Application.objects.filter(job=job, stage=Stage.CV)
    return bulk.prepare(job, Act.FORWARD, rows, by=world["owner"])


def brought_in(owner, job) -> dict:
    """An import that waits for its words, and one that is done, with a line that could not be brought in."""
    open_one = brought.mapped(
        job,
        owner,
        brought.ADA,
        brought.BO,
        brought.CARLA,
        cvs=[brought.cv("nobody.txt")],
        words={"stage": {"Rejected": "out"}},
    )
    done = brought.brought(job, owner, ["Eve Falk", "eve@mail.example"], ["", "nobody@mail.example"])
    person = Application.objects.get(imported__source=done)
    return {"open_import": open_one.pk, "done_import": done.pk, "brought": person.pk}


def read_out(application) -> dict:
    """Something the applicant asked to read."""
    row = ReadOut.objects.create(
        company=application.company, application=application, kind="written", sections=[]
    )
    subject = ("read_out", row.pk)
    token = links.mint(purpose="written", subject=subject, company_id=row.company_id, days=5)
    return {"written_token": token}


def marked(world, application) -> dict:
    """What a reader marked in the text."""
    by = world["owner"]
    fact = facts.add_fact(application, by=by, quote="Two years in a tea shop", kind="employer")
    return {"fact": fact.pk, "typing": facts.add_typing(application, by=by, quote="custmer").pk}


def corresponded(application, owner) -> dict:
    """A letter that waits, and an answer with a file."""
    waiting = letters.write(application, owner)
    return {"message": waiting.pk, "message_file": letters.with_file(application, owner).pk}


def thrown_away(world) -> dict:
    job = make_draft(world["owner"])
    JobMember.objects.create(company=world["company"], job=job, membership=world["manager"])
    return {"deleted_kind": "job", "deleted_job": deleted.delete_job(job, by=world["owner"]).pk}


def answered(world, job) -> dict:
    """A question of the form, and what somebody said to it in words: there is no file to open."""
    question = questions.add(job, text="Which tea?", by=world["owner"])
    row = applying.apply(
        job, person={"name": "Fay", "email": "fay@mail.example"}, answers={question: "Green"}, key="said"
    )
    return {"form_question": question.pk, "form_answer": row.answers.get().pk}


def on_the_way(world, job) -> dict:
    """An interview agreed, a referee, an offer on the table and one to send; the interviewer sees the first."""
    first, second, third = (make_application(job) for _ in range(3))
    owner = world["owner"]
    Assignment.objects.create(company=world["company"], application=first, membership=world["interviewer"])
    move = go(first, Stage.PHONE, owner)
    bring(second, Stage.OFFER, owner)
    sent = offers.send(make_offer(second, owner), by=owner)
    bring(third, Stage.OFFER, owner)
    source = calendar_reading.connect(world["interviewer"], "https://calendar.example/mine.ics")
    address = feed.renew(world["interviewer"], seen=0)
    return {
        "calendar": source.pk,
        "feed_token": address.rpartition("/")[2].removesuffix(".ics"),
        "assigned": first.pk,
        "move": move.pk,
        **sampled(first, owner),
        **asked_to_choose(first, owner),
        "interview": make_interview(first, owner).pk,
        "referee": (called := make_reference(second)).referee_id,
        **by_referees(world, first),
        "call_try": CallTry.objects.create(
            company=world["company"], application=second, referee=called.referee, outcome="not_reached"
        ).pk,
        "sent_offer": sent.pk,
        **drafted(world, make_offer(third, owner), sent),
        "offer_token": links.mint(
            purpose="offer", subject=("offer", sent.pk), company_id=sent.company_id, days=5
        ),
    }


def drafted(world, draft, sent) -> dict:
    """A draft that a manager asked an owner about, a question about what was sent, and words of the shop's own."""
    company, own = world["company"], contract_templates.shipped("en") + "\nTea is free."
    version = contract_templates.save(company, "en", own, by=world["owner"]).version
    return {
        "draft_offer": draft.pk,
        "offer_approval": OfferApproval.objects.create(
            company=company,
            offer=draft,
            sha256=contract.sha256(contract.text(draft)),
            asked_by=world["manager"],
        ).pk,
        "offer_question": offer_questions.ask(sent, text="May I begin a week later?").pk,
        "contract_language": "en",
        "contract_version": version,
    }


def by_referees(world, application) -> dict:
    """The applicant was asked for referees, and one of them to write."""
    RefereesAsked.objects.create(company=world["company"], application=application)
    agreed = {"email": "rolf@boss.example", "agreed_at": timezone.now()}
    rolf = Referee.objects.create(company=world["company"], application=application, name="Rolf", **agreed)
    written = written_references.send(rolf, by=world["owner"])
    urls = {
        "referees_token": reference_letters.names_address(application),
        "reference_token": reference_letters.address(written),
    }
    tokens = {name: url.rstrip("/").rpartition("/")[2] for name, url in urls.items()}
    return {"written": written.pk} | tokens


def sampled(application, owner) -> dict:
    """A work sample on its way."""
    sample = samples_sending.send(application.job, [application], by=owner)[0]
    subject = ("sample", sample.pk)
    token = links.mint(purpose="sample", subject=subject, company_id=sample.company_id, days=5)
    return {"sample": sample.pk, "sample_token": token}


def asked_to_choose(application, owner) -> dict:
    """A link to choose a time, on its way."""
    row = offered(application, owner)
    return {"booking": row.pk, "booking_token": address_of(row).rstrip("/").rpartition("/")[2]}
