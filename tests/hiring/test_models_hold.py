"""What the database itself refuses, whoever writes to it; and what rows say of themselves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hiring.models import (
    Answer,
    Application,
    Assignment,
    CvCheck,
    Job,
    JobMember,
    Offer,
    Outcome,
    Question,
    Referee,
    ReferenceCall,
    Requirement,
    Stage,
    StageMove,
)
from hiring.models.moves import ORDER, between, following, step
from tests.factories import make_company
from tests.hiring.acts import put
from tests.hiring.factories import make_application, make_job, make_offer, make_reference, make_screen

NOW = timezone.now()


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def ada(job):
    return make_application(job, name="Ada Lind")


def refuses(model, row, **values) -> bool:
    """Does the database refuse these values in this row?"""
    try:
        with transaction.atomic():
            model.objects.filter(pk=row.pk).update(**values)
    except IntegrityError:
        return True
    return False


@pytest.mark.django_db
class TestApplications:
    @pytest.mark.parametrize(
        ("values", "bad"),
        [
            ({"stage": "lunch"}, True),
            ({"outcome": "maybe"}, True),
            ({"stage": "hired", "outcome": "withdrawn", "ended_at": NOW}, True),
            ({"stage": "hired", "ended_at": None}, True),
            ({"stage": "hired", "ended_at": NOW}, False),
            ({"outcome": "withdrawn", "ended_at": None}, True),
            ({"outcome": "withdrawn", "ended_at": NOW}, False),
            ({"outcome": "active", "ended_at": NOW}, True),
            ({"stage": "offer"}, False),
        ],
    )
    def test_stage_outcome_and_end_agree(self, ada, values, bad):
        assert refuses(Application, ada, **values) is bad

    def test_have_one_number_each_in_a_job(self, ada, job):
        other = make_application(job)
        assert refuses(Application, other, number=ada.number)

    def test_one_form_is_one_application(self, ada, job):
        Application.objects.filter(pk=ada.pk).update(submission_key="k" * 64)
        assert refuses(Application, make_application(job), submission_key="k" * 64)

    def test_keep_their_job_and_candidate(self, ada, job):
        from django.db.models import RestrictedError

        for row in (job, ada.candidate):
            with pytest.raises(RestrictedError):
                row.delete()

    @pytest.mark.parametrize(
        ("stage", "outcome", "standing"),
        [
            ("cv", "active", "cv"),
            ("phone", "withdrawn", "phone:withdrawn"),
            ("offer", "not_selected", "offer:not_selected"),
        ],
    )
    def test_say_where_they_stand(self, ada, stage, outcome, standing):
        assert put(ada, stage, outcome).standing == standing

    @pytest.mark.parametrize(
        ("hide", "stage", "shown", "hidden"),
        [
            (True, "cv", None, True),
            (True, "cv", NOW, False),
            (True, "phone", None, False),
            (False, "cv", None, False),
        ],
    )
    def test_know_whether_their_name_is_hidden(self, ada, hide, stage, shown, hidden):
        ada.job.hide_names, ada.stage, ada.name_shown_at = hide, stage, shown
        assert (ada.name_hidden, ada.shown_name) == (hidden, "Applicant 1" if hidden else "Ada Lind")

    def test_are_unread_until_decided_on_or_put_aside(self, ada, job, owner):
        put(make_application(job), Stage.PHONE)
        put(make_application(job), Stage.CV, Outcome.WITHDRAWN)
        later = make_application(job)
        Application.objects.filter(pk=later.pk).update(later_at=NOW)
        assert list(Application.objects.unread()) == [ada]


@pytest.mark.django_db
class TestJobs:
    @pytest.mark.parametrize(
        ("values", "bad"),
        [
            ({"status": "asleep"}, True),
            ({"openings": 0}, True),
            ({"openings": 99}, False),
            ({"pay_min": 20, "pay_max": 10}, True),
            ({"pay_min": 20, "pay_max": 20}, False),
            ({"pay_min": 20}, False),
            ({"status": "closed"}, True),
            ({"status": "closed", "closed_at": NOW}, False),
            ({"closed_at": NOW}, True),
            ({"first_opened_at": None}, True),
            ({"status": "draft", "first_opened_at": None}, False),
        ],
    )
    def test_agree_with_themselves(self, job, values, bad):
        assert refuses(Job, job, **values) is bad

    def test_have_an_address_of_their_own_in_a_company(self, job, company):
        assert refuses(Job, make_job(company), slug=job.slug)
        assert not refuses(Job, make_job(make_company("Other")), slug=job.slug)

    def test_are_managed_once_by_each(self, job, manager):
        JobMember.objects.create(company=job.company, job=job, membership=manager)
        with pytest.raises(IntegrityError), transaction.atomic():
            JobMember.objects.create(company=job.company, job=job, membership=manager)

    @pytest.mark.parametrize("values", [{"level": "great"}, {"text": "", "key": ""}])
    def test_requirements_say_something_known(self, job, values):
        assert refuses(Requirement, job.requirements.first(), **values)

    def test_a_suggestion_is_there_once(self, job):
        first, second = job.requirements.all()
        Requirement.objects.filter(pk=first.pk).update(key="writing")
        assert refuses(Requirement, second, key="writing")

    def test_questions_say_something(self, job, company):
        question = Question.objects.create(company=company, job=job, text="When?")
        assert refuses(Question, question, text="")

    @pytest.mark.parametrize(
        ("status", "is_open", "is_over"),
        [
            ("draft", False, False),
            ("open", True, False),
            ("paused", False, False),
            ("filled", False, True),
            ("closed", False, True),
        ],
    )
    def test_know_whether_they_are_open_or_over(self, status, is_open, is_over):
        assert (Job(status=status).is_open, Job(status=status).is_over) == (is_open, is_over)


@pytest.mark.django_db
class TestWhatIsWrittenDown:
    def test_one_answer_to_a_question(self, ada, company):
        question = Question.objects.create(company=company, job=ada.job, text="When?")
        Answer.objects.create(company=company, application=ada, question=question, text="Now")
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(company=company, application=ada, question=question, text="Later")

    def test_one_mark_for_a_requirement_from_the_list(self, ada, company):
        values = {"company": company, "application": ada, "requirement": ada.job.requirements.first()}
        row = CvCheck.objects.create(mark="met", **values)
        assert refuses(CvCheck, row, mark="perhaps")
        with pytest.raises(IntegrityError), transaction.atomic():
            CvCheck.objects.create(mark="unclear", **values)

    def test_one_call_each(self, ada):
        make_screen(ada)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_screen(ada)

    def test_one_call_of_a_referee(self, ada):
        call = make_reference(ada)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReferenceCall.objects.create(company=ada.company, application=ada, referee=call.referee)

    def test_one_assignment_each(self, ada, interviewer):
        Assignment.objects.create(company=ada.company, application=ada, membership=interviewer)
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.create(company=ada.company, application=ada, membership=interviewer)

    def test_rows_of_a_person_are_seen_by_whoever_sees_them(
        self, ada, job, owner, manager, interviewer, rival
    ):
        Referee.objects.create(company=ada.company, application=ada, name="Rolf")
        ada.assignments.create(company=ada.company, membership=interviewer)
        seen = [
            Referee.objects.for_company(who.company_id).visible_to(who).count()
            for who in (owner, manager, interviewer, rival)
        ]
        assert seen == [1, 0, 1, 0]


@pytest.mark.django_db
class TestOffers:
    @pytest.mark.parametrize(
        ("values", "bad"),
        [
            ({"state": "maybe"}, True),
            ({"state": "sent"}, True),
            ({"state": "sent", "sent_at": NOW, "contract_text": "x"}, True),
            ({"state": "sent", "sent_at": NOW, "contract_text": "x", "contract_sha256": "y"}, False),
            ({"state": "accepted", "sent_at": NOW, "contract_text": "x", "contract_sha256": "y"}, True),
            (
                {"state": "accepted", "sent_at": NOW, "contract_text": "x", "contract_sha256": "y",
                 "answered_at": NOW, "signed_name": "Ada"},
                False,
            ),
        ],
    )  # fmt: skip
    def test_have_a_contract_and_a_signature(self, ada, owner, values, bad):
        assert refuses(Offer, make_offer(put(ada, Stage.OFFER), owner), **values) is bad

    @pytest.mark.parametrize(
        ("ends", "now", "expired"), [(None, 0, False), (10, 9, False), (10, 10, True), (10, 11, True)]
    )
    def test_end_at_their_moment(self, ends, now, expired):
        offer = Offer(expires_at=NOW + timedelta(seconds=ends) if ends else None)
        assert offer.has_expired(NOW + timedelta(seconds=now)) is expired

    @pytest.mark.parametrize(
        ("state", "live"),
        [("draft", False), ("sent", True), ("accepted", True), ("declined", False), ("withdrawn", False)],
    )
    def test_are_live_while_they_bind(self, state, live):
        assert Offer(state=state).is_live is live


@pytest.mark.django_db
def test_a_line_of_history_names_known_places(ada):
    line = StageMove.objects.get()
    assert [refuses(StageMove, line, **values) for values in ({"to_stage": "x"}, {"to_outcome": "x"})] == [
        True,
        True,
    ]


@given(a=st.sampled_from(ORDER), b=st.sampled_from(ORDER))
def test_what_lies_between_is_between(a, b):
    low, high = ORDER.index(a), ORDER.index(b)
    assert len(between(a, b)) == max(high - low - 1, 0)
    assert following(a) == (ORDER[low + 1] if low + 1 < len(ORDER) else None)
    assert step(a, a) is None


@pytest.mark.parametrize(("start", "to"), [("", "cv"), ("cv", ""), ("lunch", "cv"), ("cv", "lunch")])
def test_places_that_are_none_have_no_way(start, to):
    assert step(start, to) is None
