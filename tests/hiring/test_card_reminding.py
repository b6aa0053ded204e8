"""Who owes a card is told an hour after the interview and once more the next morning: never before, never in vain."""

from datetime import datetime, timedelta

import pytest

from hiring import card_reminding
from hiring.models import Assignment, InterviewHost, Outcome, Stage
from mailroom.models import Mail, Notice
from tests.factories import make_member
from tests.hiring.acts import put
from tests.hiring.factories import make_application, make_card, make_interview, make_job

pytestmark = pytest.mark.django_db
START = datetime.fromisoformat("2026-11-23T13:00:00+02:00")  # a Monday in Helsinki
END = START + timedelta(minutes=60)


@pytest.fixture(autouse=True)
def _clock(time_machine, company):
    type(company).objects.filter(pk=company.pk).update(timezone="Europe/Helsinki")
    time_machine.move_to(START - timedelta(days=1), tick=False)


@pytest.fixture
def ada(company, manager):
    row = make_application(make_job(company, members=[manager]), name="Ada Lind")
    row = put(row, Stage.INTERVIEW)
    type(row).objects.filter(pk=row.pk).update(stage_entered_at=START - timedelta(days=2))
    row.refresh_from_db()
    return row


def sit(application, *members, **fields):
    talk = make_interview(application, members[0], starts_at=START, **({"minutes": 60} | fields))
    for member in members:
        InterviewHost.objects.create(company=application.company, interview=talk, membership=member)
    return talk


def told() -> list:
    return sorted(Notice.objects.filter(kind="card").values_list("member__name", flat=True))


def mails() -> int:
    return Mail.objects.filter(message="told_one", about_kind="interview").count()


class TestWhen:
    @pytest.mark.parametrize(
        ("minutes", "said"), [(-61, 0), (0, 0), (59, 0), (60, 1), (61, 1), (71 * 60, 1), (73 * 60, 0)]
    )
    def test_an_hour_after_its_end(self, ada, owner, time_machine, minutes, said):
        sit(ada, owner)
        time_machine.move_to(END + timedelta(minutes=minutes), tick=False)
        assert card_reminding.remind() == said

    def test_once_more_at_nine_the_next_day_and_never_again(self, ada, owner, time_machine):
        sit(ada, owner)
        said = []
        for at in ("23T15:00", "23T15:10", "24T08:50", "24T09:00", "24T09:10", "25T09:00"):
            time_machine.move_to(datetime.fromisoformat(f"2026-11-{at}:00+02:00"), tick=False)
            said.append(card_reminding.remind())
        assert (said, mails()) == ([1, 0, 0, 1, 0, 0], 2)

    def test_nine_is_nine_where_the_shop_is(self, ada, owner):
        ada.company.timezone = "America/New_York"
        ada.company.save()
        assert card_reminding.second_at(sit(ada, owner)).isoformat() == "2026-11-24T09:00:00-05:00"


class TestWhom:
    @pytest.fixture(autouse=True)
    def _after(self, time_machine, _clock):
        self.later = lambda: time_machine.move_to(END + timedelta(hours=2), tick=False)

    def test_those_who_sat_in_and_have_not_handed_in(self, ada, owner, manager):
        sit(ada, owner, manager)
        make_card(ada, manager)
        self.later()
        assert (card_reminding.remind(), told()) == (1, [owner.name])

    def test_a_draft_is_still_owed(self, ada, owner):
        sit(ada, owner)
        make_card(ada, owner, submitted=False)
        self.later()
        assert card_reminding.remind() == 1

    def test_nobody_who_has_left(self, ada, owner, company):
        gone = make_member(company, "manager", "gone@lumi.example", removed_at=START)
        sit(ada, gone)
        self.later()
        assert card_reminding.remind() == 0

    @pytest.mark.parametrize(
        "changes", [{"cancelled_at": START}, {"outcome": "no_show", "outcome_at": START}]
    )
    def test_nobody_of_one_that_did_not_take_place(self, ada, owner, changes):
        sit(ada, owner, **changes)
        self.later()
        assert card_reminding.remind() == 0

    @pytest.mark.parametrize(
        ("stage", "outcome"),
        [
            (Stage.REFERENCES, Outcome.ACTIVE),
            (Stage.INTERVIEW, Outcome.WITHDRAWN),
            (Stage.PHONE, Outcome.ACTIVE),
        ],
    )
    def test_nobody_once_it_was_decided_or_before_that_stage(self, ada, owner, stage, outcome):
        sit(ada, owner)
        put(ada, stage, outcome)
        self.later()
        assert card_reminding.remind() == 0

    def test_nobody_of_the_call_before(self, ada, owner):
        sit(ada, owner, kind="phone")
        type(ada).objects.filter(pk=ada.pk).update(stage_entered_at=END)
        self.later()
        assert card_reminding.remind() == 0

    def test_nobody_where_no_one_sits_in(self, ada, owner):
        make_interview(ada, owner, starts_at=START)
        self.later()
        assert card_reminding.remind() == 0

    def test_an_interviewer_hears_of_it_in_their_own_kit(self, ada, interviewer):
        Assignment.objects.create(company=ada.company, application=ada, membership=interviewer)
        talk = sit(ada, interviewer)
        self.later()
        card_reminding.remind()
        thing = card_reminding.look([interviewer], [talk.pk])[talk.pk]
        assert (thing.readers, thing.handled) == ({interviewer.pk}, False)
        assert thing.path == f"/hiring/people/{ada.pk}/kit/"
        assert thing.say(interviewer) == "Your scorecard on Ada Lind is not in yet: Support person."

    def test_is_handled_when_the_card_is_in(self, ada, owner):
        talk = sit(ada, owner)
        make_card(ada, owner)
        assert card_reminding.look([owner], [talk.pk])[talk.pk].handled is True

    def test_another_company_reads_nothing(self, ada, owner, rival):
        talk = sit(ada, owner)
        assert card_reminding.look([rival], [talk.pk]) == {}
