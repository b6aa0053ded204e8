import pytest
from django.urls import reverse

from hiring import applying, pipeline
from hiring.models import How, Outcome, Reason, Stage, Told
from hiring.views.status import STEP_OF
from mailroom.models import Mail
from tests.hiring.adverts import make_published
from tests.hiring.factories import bring, make_application
from vault import links

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(owner):
    return make_application(make_published(owner), name="Ann", email="ann@mail.example")


def page(client, application) -> str:
    return client.get(link(application)).content.decode()


def link(application) -> str:
    return applying.status_address(application).removeprefix("http://localhost:8000")


def refuse(application, by, tell):
    return pipeline.not_select(
        application,
        by=by,
        expected=application.standing,
        reason=Reason.HOURS,
        tell=tell,
        why="asked not to be written to",
        how=How.PAGE,
    )


def deliver():
    mail = Mail.objects.get(message="not_selected")
    Mail.objects.filter(pk=mail.pk).update(state="done")


class TestWords:
    def test_received_until_somebody_reads_it(self, client, ann):
        assert "Your application has arrived. A person will read it." in page(client, ann)

    def test_read_but_undecided_is_being_read(self, client, ann):
        type(ann).objects.filter(pk=ann.pk).update(read_at=ann.submitted_at)
        assert "Your application is being read." in page(client, ann)

    @pytest.mark.parametrize(
        ("stage", "words"),
        [
            ("phone", "We would like to talk to you."),
            ("interview", "You are invited to an interview."),
            ("references", "We are making up our minds"),
            ("offer", "We are making up our minds"),
        ],
    )
    def test_each_stage_in_plain_words(self, client, ann, owner, stage, words):
        bring(ann, stage, owner)
        found = page(client, ann)
        assert words in found
        assert found.count('aria-current="step"') == 1

    def test_hired(self, client, ann, owner):
        bring(ann, Stage.HIRED, owner)
        found = page(client, ann)
        assert "You got the job. Welcome!" in found
        assert "Take my application back" not in found

    def test_every_stage_has_its_step(self):
        assert set(STEP_OF) == set(Stage)

    def test_never_shows_what_was_written_about_somebody(self, client, ann, owner):
        ann.notes.create(company=ann.company, author=owner, text="Secret opinion")
        assert "Secret opinion" not in page(client, ann)

    def test_speaks_the_language_somebody_applied_in(self, client, owner):
        application = make_application(make_published(owner), language="ar")
        assert '<html lang="ar" dir="rtl">' in page(client, application)


class TestRefused:
    def test_is_not_shown_before_the_message_has_left(self, client, ann, owner):
        before = page(client, ann)
        refuse(ann, owner, Told.MORNING)
        after = page(client, ann)
        assert "Your application is being read." in after
        assert ("Take my application back" in before, "Take my application back" in after) == (True, True)

    def test_is_shown_once_it_has(self, client, ann, owner):
        refuse(ann, owner, Told.MAIL)
        deliver()
        found = page(client, ann)
        assert "You have had a message about it." in found
        assert "Take my application back" not in found

    def test_is_shown_when_told_by_phone(self, client, ann, owner):
        refuse(ann, owner, Told.PHONE)
        assert "Thank you for the time you gave us." in page(client, ann)

    def test_is_not_shown_when_nobody_told_them(self, client, ann, owner):
        refuse(ann, owner, Told.NONE)
        assert "Thank you for the time you gave us." not in page(client, ann)

    def test_taken_back_in_time_leaves_no_trace(self, client, ann, owner):
        pipeline.undo(refuse(ann, owner, Told.MAIL), by=owner)
        assert "This time somebody else was chosen" not in page(client, ann)


class TestWithdraw:
    def post(self, client, application):
        return client.post(f"{link(application)}withdraw/", follow=True).content.decode()

    def test_takes_it_back(self, client, ann):
        assert "You have taken your application back." in self.post(client, ann)
        ann.refresh_from_db()
        assert ann.outcome == Outcome.WITHDRAWN
        move = ann.moves.latest("pk")
        assert [move.by_link, move.how, move.actor] == [True, "link", None]

    def test_twice_is_once(self, client, ann):
        for _ in range(2):
            self.post(client, ann)
        assert ann.moves.count() == 2

    def test_reading_takes_nothing_back(self, client, ann):
        assert client.get(f"{link(ann)}withdraw/").status_code == 405
        page(client, ann)
        ann.refresh_from_db()
        assert ann.outcome == Outcome.ACTIVE

    def test_after_being_hired_changes_nothing(self, client, ann, owner):
        bring(ann, Stage.HIRED, owner)
        self.post(client, ann)
        ann.refresh_from_db()
        assert [ann.stage, ann.outcome] == ["hired", "active"]


class TestLinks:
    def gone(self, client, token):
        return client.get(reverse("hiring_links:status", args=[token]))

    def test_unknown_expired_revoked_and_foreign_tokens_get_one_answer(self, client, ann):
        old = links.mint(
            purpose="status", subject=("application", ann.pk), company_id=ann.company_id, days=-1
        )
        other = links.mint(
            purpose="offer", subject=("application", ann.pk), company_id=ann.company_id, days=1
        )
        revoked = link(ann).split("/")[-2]
        links.revoke(purpose="status", subject=("application", ann.pk))
        answers = [self.gone(client, token) for token in ("unknown", old, other, revoked)]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1

    def test_of_an_erased_application_is_gone(self, client, ann):
        address = link(ann)
        ann.moves.all().delete()
        ann.delete()
        assert client.get(address).status_code == 404

    def test_stays_out_of_caches_referrers_and_indexes(self, client, ann):
        answer = client.get(link(ann))
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"

    def test_older_links_go_on_working(self, client, ann):
        first, _second = link(ann), link(ann)
        assert "has arrived" in client.get(first).content.decode()

    def test_queries(self, client, ann, django_assert_num_queries):
        address = link(ann)
        with django_assert_num_queries(3):  # the link; the application with its job and company; consents
            client.get(address)
