"""Who is told of what, how, and what becomes of it."""

import pytest

from accounts import team
from accounts.models import Role
from hiring import applying, pipeline, signing, talks, telling
from hiring.models import Application, Assignment, JobMember
from mailroom import delivery, told, told_kinds
from mailroom.models import How, Mail, Notice, Wish
from onboarding import questions, steps
from tests.factories import make_member
from tests.hiring.acts import send_offer
from tests.hiring.factories import ANSWERS, bring, make_application, make_interview, make_job, make_offer
from tests.mailroom.factories import make_mail
from tests.onboarding.factories import make_onboarding, step_of
from vault.work import State

pytestmark = pytest.mark.django_db
ADA = {"name": "Ada Lind", "email": "ada@mail.example"}


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def plan(company, hire, owner):
    return make_onboarding(company, hire, owner)


def told_to(kind) -> list[str]:
    return sorted(notice.member.name for notice in Notice.objects.filter(kind=kind).select_related("member"))


def wants(member, kind, how):
    told.choose(member, {kind: how})


# -- who


def test_owners_and_the_managers_of_the_job_hear_of_an_application(job, owner, interviewer, hire, rival):
    make_member(job.company, Role.MANAGER, name="Other manager")
    applying.apply(job, person=ADA, answers={}, key="1")
    assert told_to("application") == ["Mika", "Olga"]


def test_nobody_hears_of_what_they_did_themselves(job, owner, manager):
    applying.enter_by_hand(job, person=ADA, by=manager)
    assert told_to("application") == ["Olga"]


def test_the_same_form_sent_twice_tells_once(job, owner):
    for _ in range(2):
        applying.apply(job, person=ADA, answers={}, key="1")
    assert told_to("application") == ["Mika", "Olga"]


def test_ones_own_test_is_no_news(job, owner):
    applying.apply(job, person=ADA, answers={}, key="1", is_test=True)
    assert told_to("application") == []


def test_who_has_left_is_told_nothing_and_what_they_had_goes(job, owner, manager):
    applying.apply(job, person=ADA, answers={}, key="1")
    team.remove(manager, by=owner)
    applying.apply(job, person=ADA, answers={}, key="2")
    assert told_to("application") == ["Olga", "Olga"]


def test_a_mail_that_waits_does_not_reach_who_has_left(plan, owner, hire, company):
    make_member(company, Role.OWNER)
    steps.give(step_of(plan, "paperwork"), by=hire)
    Mail.objects.update(message=told.ONE, state=State.WAITING)
    team.remove(owner, by=None)
    assert set(Mail.objects.filter(recipient=owner.email).values_list("state", flat=True)) == {"cancelled"}


def test_a_role_that_a_kind_is_not_for_is_left_out(job, hire, interviewer):
    assert told.tell(kind="application", members=[hire, interviewer, None], about=1) == []


def test_two_members_are_asked_for_one_query_and_written_in_one(owner, manager, django_assert_num_queries):
    with django_assert_num_queries(3):  # wishes, the old ones out, the new ones in
        told.tell(kind="application", members=[owner, manager, owner], about=[1, 2, 3])
    assert Notice.objects.count() == 6


# -- how


@pytest.mark.parametrize(
    ("how", "mails", "waits"), [("once", 1, False), ("digest", 0, True), ("never", 0, False)]
)
def test_each_gets_it_as_they_want_it(job, owner, manager, how, mails, waits):
    wants(owner, "application", how)
    applying.apply(job, person=ADA, answers={}, key="1")
    notice = Notice.objects.get(member=owner)
    assert (Mail.objects.filter(recipient=owner.email).count(), notice.waits) == (mails, waits)
    assert bool(notice.mailed_at) == (how == "once")


def test_a_kind_without_a_letter_says_one_sentence_in_the_readers_language(job, owner, parsed):
    owner.user.language = "fi"
    owner.user.save()
    wants(owner, "application", How.ONCE)
    applying.apply(job, person=ADA, answers={}, key="1")
    mail = Mail.objects.get(recipient=owner.email)
    assert (mail.message, mail.language) == ("told_one", "fi")
    text = parsed(mail).get_body(("plain",)).get_content()
    application = Application.objects.get()
    assert (f"/hiring/people/{application.pk}/" in text or "Ada Lind" in text, "/mail/told/" in text) == (
        True,
        True,
    )


def test_a_hidden_name_is_not_told(company, owner):
    application = make_application(make_job(company, hide_names=True), name="Ada Lind")
    thing = telling.applications([owner], [application.pk])[application.pk]
    assert thing.say(owner) == "Applicant 1 has applied: Support person."


def test_the_sender_hears_of_the_answer_in_the_words_it_always_had(job, owner, manager):
    application = bring(make_application(job), "offer", manager)
    sent = send_offer(make_offer(application, manager), by=manager)
    signing.decline(sent, note="Too far")
    mail = Mail.objects.get(message="offer_answered")
    assert (mail.recipient, told_to("offer")) == (manager.email, ["Mika"])


def test_a_question_goes_to_the_manager_and_the_answer_to_the_hire(plan, hire, owner):
    asked = questions.ask(plan, by=hire, body="Where are the labels?")
    assert (told_to("question"), told_to("answered")) == (["Olga"], [])
    questions.answer(asked, by=owner, body="Second drawer")
    assert told_to("answered") == ["Sara"]
    assert Notice.objects.get(kind="question").handled_at is not None


def test_who_never_wants_it_gets_no_mail_of_a_question_and_still_the_notice(plan, hire, owner):
    wants(owner, "question", How.NEVER)
    questions.ask(plan, by=hire, body="Where?")
    assert (Mail.objects.filter(message="onboarding_question").count(), told_to("question")) == (0, ["Olga"])


def test_the_interviewers_hear_of_a_time_and_not_who_agreed_it(job, owner, manager, interviewer):
    application = make_application(job)
    Assignment.objects.create(company=job.company, application=application, membership=interviewer)
    interview = make_interview(application, manager)
    telling.talk(interview, by=manager)
    assert told_to("interview") == ["Ines"]
    talks.cancel(interview, by=owner)
    assert told_to("interview") == ["Ines", "Mika"]
    row = telling.talks([interviewer], [interview.pk])[interview.pk]
    assert row.say(interviewer).startswith("Called off: Person")


def test_being_asked_to_meet_somebody_is_told_once(job, manager, interviewer, sign_in):
    application = make_application(job)
    for _ in range(2):
        sign_in(manager).post(f"/hiring/people/{application.pk}/assign/", {"membership": interviewer.pk})
    assert (told_to("assigned"), Mail.objects.filter(recipient=interviewer.email).count()) == (["Ines"], 1)


# -- what becomes of it


def test_a_cv_that_was_decided_on_is_new_to_nobody(job, owner, manager):
    application = applying.apply(job, person=ADA, answers={}, key="1")
    pipeline.advance(application, to="phone", by=manager, expected="cv", how="page", answers=ANSWERS)
    assert [(row.waits, row.handled_at is None) for row in Notice.objects.all()] == [(False, False)] * 2


def test_so_is_one_that_was_refused(job, owner, manager):
    application = applying.apply(job, person=ADA, answers={}, key="1")
    pipeline.not_select(application, by=owner, expected="cv", reason="requirement", tell="mail", how="page")
    assert Notice.objects.filter(handled_at=None).count() == 0


def test_what_was_taken_back_is_as_if_nobody_was_told(plan, hire, owner):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    assert told_to("given") == ["Olga"]
    steps.take_back(step, by=hire)
    assert told_to("given") == []


def test_received_is_handled_and_given_again_is_new_again(plan, hire, owner):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    steps.send_back(step, by=owner, message="Page two")
    assert Notice.objects.get(kind="given").handled_at is not None
    steps.give(step, by=hire)
    assert Notice.objects.get(kind="given").handled_at is None


def test_a_mail_that_is_set_aside_is_told_to_owners_only(company, owner, manager, rival, monkeypatch):
    def refused(row):
        raise delivery.Refused("550 no such person")

    monkeypatch.setattr(delivery, "hand_out", refused)
    mail = make_mail(company)
    delivery.deliver_for(mail.pk)
    assert told_to("mail_failed") == ["Olga"]
    assert told.handled(told_kinds.FAILED, company_id=company.pk, about=mail.pk) == 1


def test_a_mail_that_only_tells_goes_round_in_no_circle(company, owner, monkeypatch):
    mail = make_mail(company, message=told.ONE)
    told_kinds.tell_failed(mail)
    assert told_to("mail_failed") == []


def test_who_invited_hears_that_somebody_came_in(company, owner, manager):
    new = team.invite(company=company, email="new@lumi.example", name="Nils", role=Role.INTERVIEWER, by=owner)
    told_kinds.tell_joined(new)
    assert told_to("joined") == ["Olga"]
    assert told_kinds.joined([owner], [new.pk])[new.pk].say(owner).startswith("Nils has come in")


# -- the right to see it is the row's own


@pytest.mark.parametrize("role", Role.values)
def test_readers_are_those_whom_visible_to_lets_in(company, role):
    """The bulk rule and the queryset's say the same, on a job one is on and on another."""
    member = make_member(company, role)
    mine, other = make_job(company, members=[member] if role == Role.MANAGER else []), make_job(company)
    rows = [make_application(mine), make_application(other), make_application(other)]
    Assignment.objects.create(company=company, application=rows[2], membership=member)
    see = telling.readers([member], rows)
    visible = Application.objects.visible_to(member).order_by("pk").values_list("pk", flat=True)
    assert [pk for pk in sorted(see) if member.pk in see[pk]] == list(visible)


@pytest.mark.parametrize("role", Role.values)
def test_steps_are_told_to_those_whom_visible_to_lets_in(company, hire, owner, role):
    from onboarding import telling as plans
    from onboarding.models import Step

    member = make_member(company, role)
    plan = make_onboarding(company, hire, owner)
    plan.buddy = member if role == Role.INTERVIEWER else None
    plan.save()
    pks = list(plan.steps.order_by("pk").values_list("pk", flat=True))
    things = plans.late([member], pks)
    visible = Step.objects.visible_to(member).filter(pk__in=pks).order_by("pk")
    assert sorted(pk for pk in pks if member.pk in things[pk].readers) == [step.pk for step in visible]


def test_who_is_taken_off_a_job_sees_its_notices_no_more(job, owner, manager):
    application = applying.apply(job, person=ADA, answers={}, key="1")
    JobMember.objects.all().delete()
    things = telling.applications([owner, manager], [application.pk])
    assert things[application.pk].readers == {owner.pk}


def test_another_companys_thing_is_not_there(job, rival):
    application = make_application(job)
    assert telling.applications([rival], [application.pk]) == {}


def test_every_kind_looks_at_many_for_the_price_of_one(
    job, owner, manager, plan, django_assert_max_num_queries
):
    applications = [make_application(job).pk for _ in range(3)]
    for kind in told.kinds.values():
        with django_assert_max_num_queries(3):
            kind.look([owner, manager], applications)


# -- wishes


def test_a_choice_is_kept_once_and_another_companys_is_not_touched(owner, rival):
    wants(owner, "application", How.NEVER)
    wants(owner, "application", How.ONCE)
    assert list(Wish.objects.values_list("member", "kind", "how")) == [(owner.pk, "application", "once")]


def test_who_wants_it_no_more_has_nothing_left_for_the_morning(job, owner, manager):
    applying.apply(job, person=ADA, answers={}, key="1")
    wants(owner, "application", How.NEVER)
    assert [n.member_id for n in Notice.objects.filter(waits=True)] == [manager.pk]
