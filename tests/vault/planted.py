"""People whose every personal field holds one word nobody else's has, and a search for it everywhere."""

from datetime import date, time, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from hiring import applying, facts, offers, screens, signing, talks
from hiring.models import (
    Application,
    Assignment,
    Booking,
    CalendarSource,
    CallTry,
    CardAnswer,
    DecisionMemo,
    FactAnswer,
    FactToCheck,
    ImportedLine,
    Message,
    MessageFile,
    Note,
    OfferApproval,
    OfferQuestion,
    PeopleImport,
    PersonKey,
    PoolNote,
    ReadOut,
    SampleRating,
    SearchText,
    Stage,
    WorkSample,
    WrittenReference,
)
from hiring.models.references import Referee
from onboarding import arrivals, questions
from onboarding.models import (
    AccountGiven,
    Acknowledgement,
    Action,
    Decision,
    Draft,
    DraftReview,
    DraftVersion,
    FirstDayCall,
    FreedomChange,
    GateSigning,
    Goal,
    GoalReading,
    HandbookPage,
    HandbookProposal,
    Lesson,
    Meeting,
    Onward,
    Paper,
    Point,
    Reminder,
    Review,
    Series,
    SetupItem,
    SetupList,
    StepAnswer,
    StepEvent,
    Talk,
    TalkText,
    TogetherMail,
    Wording,
)
from tests.factories import make_user
from tests.hiring.factories import bring, go, make_card, make_offer
from vault import erasing, files, keep
from vault.fields import EncryptedTextField
from vault.models import FileRemoval


def make_applicant(job, word, by, *, offered=True) -> Application:
    """Somebody with the word in everything they sent and everything written about them."""
    cv = SimpleUploadedFile(f"{word}.txt", f"I am {word}, two years in a tea shop. ".encode() * 3)
    person = {name: f"{word} {name}" for name in ("name", "cover_letter", "cv_text", "adjustments")}
    person |= {"email": f"{word}@mail.example", "phone": f"+358 {word}"}
    answers = dict.fromkeys(job.questions.filter(kind="text"), f"{word} answers")
    letter = SimpleUploadedFile(f"{word} letter.txt", f"I am {word}, and I like tea. ".encode() * 3)
    files = {"cv": cv, "letter": letter}
    application = applying.apply(job, person=person, answers=answers, key=word, keep_longer=True, **files)
    _on_the_way(application, word, by)
    _around(application, word, by)
    if offered:
        _offer(application, word, by)
    SearchText.objects.create(company=by.company, application=application, words=word)
    return application


def _on_the_way(application, word, by):
    owned = {"company": by.company, "application": application}
    Note.objects.create(author=by, text=f"{word} seems nice", **owned)
    Assignment.objects.create(membership=by, **owned)
    source = PeopleImport.objects.create(company=by.company, job=application.job, name="people.csv")
    ImportedLine.objects.create(source=source, line=2, cells=[word], cv_name=f"{word}.pdf", **owned)
    facts.add_fact(application, by=by, quote=f"{word} sold tea for two years")
    FactToCheck.objects.filter(application=application).update(
        outcome="differs", outcome_note=f"{word} sold it for one", outcome_at=application.submitted_at
    )
    answer = {"fact": FactToCheck.objects.get(application=application), "outcome": "differs"}
    words = dict.fromkeys(("told", "claimed", "found"), f"{word} did")
    FactAnswer.objects.create(company=by.company, **answer, **words)
    FactToCheck.objects.filter(application=application).update(candidate_said=f"{word} said so")
    facts.add_typing(application, by=by, quote=f"{word}s")
    Application.objects.filter(pk=application.pk).update(next_step=f"Call {word}")
    notes = {f"{name}_note": f"{word} {name}" for name in ("direct", "polite", "interested")}
    values = {"direct": "yes", "polite": "yes", "interested": "yes", "notes": f"{word} spoke"} | notes
    values |= {"hours_note": f"{word} can come early", "plans_note": f"{word} wants to stay"}
    first = application.job.requirements.first()
    screens.save(application, by=by, values=values, checks={first.pk: ("met", f"{word} can")}, seen="")
    go(application, Stage.PHONE, by, text=f"{word} may call")
    starts = {"starts_at": application.submitted_at, "place": f"At {word}'s", "minutes": 30}
    talks.plan(application, by=by, values=starts, invite=True)
    card = make_card(application, by, levels=[3], trust=f"{word} can be trusted")
    card.ratings.update(note=f"{word} writes well")
    said = {"requirement": first, "code": "s0", "question": "What then?", "note": f"{word} said so"}
    CardAnswer.objects.create(company=by.company, scorecard=card, **said)
    referee = Referee.objects.create(name=f"{word} senior", relation=f"boss of {word}", **owned)
    Referee.objects.update_or_create(
        pk=referee.pk, defaults={"email": f"{word}@boss.example", "phone": f"+44 {word}"}
    )
    said = {
        name: f"{word} {name}" for name in ("hesitation_note", "deviation_note", "candidate_said", "notes")
    }
    Referee.objects.filter(pk=referee.pk).update(since=f"{word} 2020", until=f"{word} 2022")
    CallTry.objects.create(referee=referee, outcome="not_reached", note=f"{word} in a meeting", **owned)
    wrote = {"phone": f"+44 {word}", "when": f"{word} on Monday", "answers": {"know": f"{word} was kind"}}
    expires = application.submitted_at + timedelta(days=14)
    WrittenReference.objects.create(referee=referee, language="en", expires_at=expires, **wrote, **owned)
    referee.application.reference_calls.create(company=by.company, referee=referee, overall="good", **said)


def _around(application, word, by):
    """What is kept beside the way: keys to find a person by, the pool, a work sample with its rating."""
    owned = {"company": by.company, "application": application}
    keys = dict.fromkeys(("email_key", "phone_key", "name_key"), f"{word[:7]}")
    PersonKey.objects.update_or_create(application=application, defaults={"company": by.company, **keys})
    letter = {"sender": f"{word}@mail.example", "subject": f"{word} asks", "text": f"When, asks {word}?"}
    mail = Message.objects.create(kind="mail", message_id=f"<{word}@mail.example>", **letter, **owned)
    MessageFile.objects.create(company=by.company, message=mail, file=attached(by.company, word))
    PoolNote.objects.create(text=f"{word} on weekends", tag_words=f"|{word}|", **owned)
    DecisionMemo.objects.create(why=f"{word} is calm", doubts=f"{word} has no car", **owned)
    said = {"struck": [{"title": word, "why": "about others"}]}
    ReadOut.objects.create(
        kind="written", sections=[{"title": "Notes", "lines": [f"{word} is kind"]}], **said, **owned
    )
    sent = {"job": application.job, "number": 1 + WorkSample.objects.count(), "batch": word[:16]}
    written = {"answer_1": f"Dear {word}", "answer_2": f"{word} is sorry"}
    expires = application.submitted_at + timedelta(days=7)
    sent["finished_at"] = application.submitted_at
    sample = WorkSample.objects.create(expires_at=expires, **sent, **written, **owned)
    marks = dict.fromkeys(("solved", "policy", "tone", "next_step"), 4)
    rating = {"submitted_at": application.submitted_at, "note": f"{word} is kind"} | marks
    SampleRating.objects.create(company=by.company, sample=sample, rater=by, **rating)
    wished = {"wish": f"{word} is free on Mondays", "wished_at": application.submitted_at, "zone": word}
    Booking.objects.create(expires_at=expires, place=f"At {word}'s", batch=word[:16], **wished, **owned)


def attached(company, word):
    file = SimpleUploadedFile(f"{word} diploma.txt", f"{word} knows all about tea. ".encode() * 3)
    return files.store(file, company_id=company.pk)


def _offer(application, word, by):
    application.refresh_from_db()
    bring_on(application, by)
    terms = {"terms": f"{word} gets tea", "benefits": f"{word} benefits", "description": f"{word} answers"}
    offer = offers.send(make_offer(application, by, place=f"{word} street", **terms), by=by)
    said = {"company": by.company, "offer": offer}
    OfferApproval.objects.create(**said, decision="void", comment=f"{word} gets more leave")
    OfferQuestion.objects.create(**said, text=f"{word} asks", answer=f"Yes, {word}")
    signing.decline(offer, note=f"{word} has another offer")


def bring_on(application, by):
    for stage in (Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER):
        go(application, stage, by)


def make_hired(job, word, by) -> Application:
    """Signed behind the link: the contract holds the word, and the law orders to keep it."""
    application = applying.apply(
        job, person={"name": f"{word} name", "email": f"{word}@mail.example"}, answers={}, key=word
    )
    bring(application, Stage.OFFER, by)
    offer = offers.send(make_offer(application, by, start_date=date(2027, 1, 11)), by=by)
    signing.accept(offer, name=f"{word} signs", address="192.0.2.7", agent=f"{word} browser")
    application.refresh_from_db()
    return application


def make_newcomer(company, word, by):
    """A new hire with the word in their plan, their answers and their account."""
    plan = arrivals.by_hand(
        company=company, by=by, member=None, name=f"{word} name", email=f"{word}@mail.example",
        manager=by, start_date=date(2027, 1, 11), weekdays=[0, 1, 2, 3, 4], job_title="Support person",
    )  # fmt: skip
    hire = plan.hire
    hire.user = make_user(hire.email, name=f"{word} name")
    hire.save()
    EmailAddress.objects.create(user=hire.user, email=hire.user.email)
    question = questions.ask(plan, by=hire, body=f"{word} asks")
    questions.answer(question, by=by, body=f"{word} should look in the handbook")
    _first_steps(plan, word, hire, by)
    _weeks(plan, word, by)
    _reviewed(plan, word, by)
    _at_the_end(plan, word, by)
    fill("member", hire.pk, word)
    return hire


def _first_steps(plan, word, hire, by):
    step, owned = plan.steps.earliest("pk"), {"company": plan.company}
    Wording.objects.create(onboarding=plan, subject="expectations", number=1, body=f"{word}!", **owned)
    StepEvent.objects.create(step=step, action="done", before="open", after="open", note=word, **owned)
    draft = StepAnswer.objects.create(
        step=step, number=1, body=f"{word} writes", filled=word, by=hire, **owned
    )
    Review.objects.create(step=step, draft=draft, body=word, comment=f"{word}, well done", by=by, **owned)
    Reminder.objects.create(step=step, recipient=by, **owned)
    _replies(plan, word, step, owned)
    CalendarSource.objects.create(member=hire, address=f"https://calendar.example/{word}.ics", **owned)
    said = {"subject": "ask_first", "number": 0, "body": f"{word} has read this"}
    Acknowledgement.objects.create(onboarding=plan, step=step, by=hire, **said, **owned)
    AccountGiven.objects.create(onboarding=plan, key="own-1", title=word, may=f"{word} reads mail", **owned)
    Paper.objects.create(onboarding=plan, kind="tax", value=word, delete_on=date(2027, 2, 1), **owned)
    SetupItem.objects.update_or_create(
        setup=SetupList.objects.create(job_ref=word[-6:], job_title="Support", **owned),
        key="laptop",
        defaults={"done_by": hire, **owned},
    )


def _replies(plan, word, step, owned):
    reply = Draft.objects.create(onboarding=plan, situation="other", message=word, **owned)
    version = DraftVersion.objects.create(draft=reply, number=1, body=word, **owned)
    DraftReview.objects.create(draft=reply, version=version, body=word, comment=word, **owned)
    FreedomChange.objects.create(onboarding=plan, before="all", after="sampled", reason=word, **owned)
    GateSigning.objects.create(step=step, name=word, note=word, **owned)


def _weeks(plan, word, by):
    """The meetings, what stands on them, and the past e-mails gone through."""
    owned = {"company": plan.company, "onboarding": plan}
    first, where = plan.start_date, {"place": f"At {word}'s", "video_link": f"https://video.example/{word}"}
    hour = {"at": time(15), "zone": "UTC", **where}
    Series.objects.update_or_create(onboarding=plan, defaults={"starts_on": first, **hour, **owned})
    meeting = Meeting.objects.create(week=first, on=first, notes=f"{word} is well", **hour, **owned)
    Point.objects.create(meeting=meeting, text=f"{word} has no chair", **owned)
    Action.objects.create(meeting=meeting, text=f"A chair for {word}", owner=by, due_on=first, **owned)
    day = {"starts_at": plan.created_at, "ends_at": plan.created_at, "place": f"At {word}'s", "manager": by}
    FirstDayCall.objects.update_or_create(onboarding=plan, defaults=day | owned)
    texts = dict.fromkeys(("message", "reply", "thinking", "answer"), f"Where is it, {word}?")
    TogetherMail.objects.create(message_hash="0" * 64, **texts, **owned)


def _reviewed(plan, word, by):
    """The review from both sides, the decision about the probation, and other words for the handbook."""
    owned = {"company": plan.company}
    talk = Talk.objects.create(onboarding=plan, day=30, **owned)
    TalkText.objects.create(talk=talk, part="agreed", number=1, body=word, expected=word, by=by, **owned)
    said = {"reason": f"{word} is kind", "words": f"Stay, {word}"}
    Decision.objects.create(onboarding=plan, number=1, what="continue", by=by, **said, **owned)
    page = HandbookPage.objects.create(title="Tea", body="Hot.", folded=" tea hot ", shelf="values", **owned)
    said = {"title": f"Tea, says {word}", "body": f"{word} likes it cold.", "reason": word, "comment": word}
    HandbookProposal.objects.create(page=page, number=1, by=plan.hire, state="declined", **said, **owned)


def _at_the_end(plan, word, by):
    """A goal with a reading, and what stays when the first weeks are over."""
    owned = {"company": plan.company}
    goal = Goal.objects.create(
        onboarding=plan,
        kind="own",
        name=word,
        direction="up",
        unit="number",
        target=5,
        end_reason=word,
        **owned,
    )
    GoalReading.objects.create(goal=goal, day=plan.start_date, value=3, by=plan.hire, **owned)
    Onward.objects.update_or_create(onboarding=plan, defaults={"goals_reason": word, **owned})
    learned = dict.fromkeys(("keep", "change", "drop", "longest"), f"As with {word}")
    Lesson.objects.create(onboarding=plan, by=by, **learned, **owned)


def fill(kind, pk, word):
    """What no form of the way reached: every other text of this person says the word too."""
    for rule, rows in keep.tied(kind, pk):
        for name in rule.personal:
            column = rule.model._meta.get_field(name)
            text = isinstance(column, models.CharField | models.TextField) and not column.choices
            if text and not isinstance(column, EncryptedTextField):  # the database cannot look into those
                rows.filter(~models.Q(**{f"{name}__contains": word})).update(**{name: word})


# -- the word everywhere


def holds_word(row, word) -> set[str]:
    """Names of the fields of this row in which the word stands."""
    names = (column.attname for column in row._meta.local_concrete_fields)
    return {name for name in names if word in str(getattr(row, name)).lower()}


def found_in_rows(word) -> list[str]:
    """Every field of every table, as Django reads it: encrypted ones too."""
    found = set()
    for rule in keep.rules():
        for row in rule.model._base_manager.all():
            found |= {f"{rule.model._meta.label}.{name}" for name in holds_word(row, word)}
    return sorted(found)


def found_in_files(word) -> list[str]:
    folders = [Path(settings.PRIVATE_FILES), Path(settings.ERASED_LIST).parent]
    paths = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    return sorted(str(path) for path in paths if word.encode() in path.read_bytes() or word in path.name)


def sweep_files():
    """What the worker would do after the commit."""
    for row in FileRemoval.objects.all():
        erasing.remove_file(row)
