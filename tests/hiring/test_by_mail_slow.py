"""Mails made to be slow: one request reads for so long and no longer, and says what it left for the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import by_mail, mail_reading
from hiring.mail_reading import SECONDS, TOGETHER, Patience, Unreadable
from hiring.models import Application
from tests.hiring.acts import text
from tests.hiring.factories import make_job
from tests.hiring.mails import eml
from tests.hiring.test_by_mail import CV, LETTER, fields, look, read_here, url

LATER = "Too much at once: this mail was not read. Bring it next."


class Clock:
    """Stands still until something takes its time."""

    def __init__(self, monkeypatch):
        self.now = 1_000.0
        monkeypatch.setattr(mail_reading.time, "monotonic", lambda: self.now)

    def takes(self, seconds):
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def job(company, owner):
    return make_job(company, created_by=owner)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def mails(n):
    return [
        eml(sender=f"P{i} <p{i}@mail.example>", Message_ID=f"<{i}@x.example>", files=[LETTER])
        for i in range(n)
    ]


@pytest.fixture
def hostile(monkeypatch, clock):
    """Every mail takes all the time it is given; how much each was given."""
    shares = []

    def read(file, kind="eml", *, seconds):
        shares.append(seconds)
        clock.takes(seconds)
        raise Unreadable("slow")

    monkeypatch.setattr(mail_reading, "read", read)
    return shares


class TestPatience:
    @given(st.lists(st.integers(1, 30), max_size=40))
    def test_all_together_take_no_longer_than_the_request_has(self, wanted):
        with pytest.MonkeyPatch.context() as monkeypatch:
            clock, taken = Clock(monkeypatch), 0
            patience = Patience()
            for most in wanted:
                if taken == TOGETHER:
                    break
                share = patience.share(most)
                assert 1 <= share <= most
                clock.takes(share)
                taken += share
            assert taken <= TOGETHER

    def test_then_nothing_more_is_begun(self, clock):
        patience = Patience()
        clock.takes(TOGETHER)
        with pytest.raises(Unreadable, match="Bring it next"):
            patience.share(1)

    def test_the_last_part_of_a_second_is_a_whole_one(self, clock):
        patience = Patience()
        clock.takes(TOGETHER - 0.2)
        assert patience.share(SECONDS) == 1


@pytest.mark.django_db
class TestBringing:
    def test_twenty_hostile_mails_are_stopped_and_named(self, boss, job, hostile):
        page = look(boss, job, *mails(20))
        assert (page.status_code, sum(hostile)) == (422, TOGETHER)
        whys = [why for _name, why in page.context["unread"]]
        assert (len(whys), whys.count(LATER)) == (20, 20 - len(hostile))

    def test_those_before_are_shown_and_the_rest_is_for_the_next_time(self, boss, job, clock, monkeypatch):
        def read(file, kind="eml", *, seconds):
            clock.takes(8)
            return read_here(file, kind)

        monkeypatch.setattr(mail_reading, "read", read)
        page = look(boss, job, *mails(5))
        assert [form["name"].value() for form in page.context["forms"]] == ["P0", "P1", "P2"]
        assert (page.status_code, page.context["unread"]) == (200, [("3.eml", LATER), ("4.eml", LATER)])

    def test_the_next_request_has_its_own_time(self, boss, job, hostile, monkeypatch):
        look(boss, job, *mails(20))
        monkeypatch.setattr(mail_reading, "read", read_here)
        assert len(look(boss, job, *mails(3)).context["forms"]) == 3

    def test_a_real_child_too(self, boss, job, monkeypatch):
        monkeypatch.setattr(mail_reading, "TOGETHER", 0.01)
        page = look(boss, job, *mails(2))
        assert [form["name"].value() for form in page.context["forms"]] == ["P0"]
        assert page.context["unread"] == [("1.eml", LATER)]


@pytest.mark.django_db
class TestLetters:
    @pytest.fixture(autouse=True)
    def _slow_letters(self, monkeypatch, clock):
        def words_of(draft, *, seconds):
            clock.takes(seconds)
            return "Dear shop"

        monkeypatch.setattr(mail_reading, "read", read_here)
        monkeypatch.setattr(by_mail, "words_of", words_of)

    def test_what_was_read_in_time_is_kept_and_the_rest_stays_on_the_page(self, boss, job):
        page = boss.post(url(job), fields(look(boss, job, *mails(5))))
        assert (page.status_code, Application.objects.count()) == (422, 3)
        assert "this letter was not read yet" in text(page)
        assert [form.prefix for form in page.context["forms"]] == ["m3", "m4"]

    def test_sent_once_more_it_goes_on(self, boss, job):
        page = boss.post(url(job), fields(look(boss, job, *mails(5))))
        boss.post(url(job), fields(page))
        assert Application.objects.count() == 5

    def test_mails_without_a_letter_take_no_time(self, boss, job, clock):
        page = look(boss, job, eml(files=[CV]))
        clock.takes(TOGETHER * 2)
        boss.post(url(job), fields(page))
        assert Application.objects.count() == 1
