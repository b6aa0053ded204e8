"""The pages of the talent pool, and the one behind the link."""

import re

import pytest
from django.urls import reverse

from hiring import applying, channels, placements, pool
from hiring.models import Application, PoolInvitation, PoolNote, Stage
from mailroom.models import Mail
from tests.hiring.acts import text, url
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_applying import application
from tests.hiring.test_pool import days, kept
from vault.models import Link, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager], title="Helper")


@pytest.fixture
def next_job(company, manager):
    return make_job(company, members=[manager], title="Packer")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def looks(action) -> int:
    return TrailEntry.objects.filter(action=action).count()


class TestList:
    def test_names_the_last_day_and_is_recorded(self, boss, job):
        kept(job)
        page = text(boss.get("/hiring/pool/"))
        assert ("Ada Lind" in page, "until " in page, looks("pool.read")) == (True, True, 1)

    def test_empty_it_says_how_people_come_here(self, boss):
        assert "Nobody is here yet" in text(boss.get("/hiring/pool/"))

    @pytest.mark.parametrize("query", ["q=nothing", "language=zz", "tag=nothing", "q=%00", "before=x"])
    def test_asked_oddly_it_answers(self, boss, job, query):
        kept(job)
        page = text(boss.get(f"/hiring/pool/?{query}"))
        assert ("Nobody fits" in page) != ("Ada Lind" in page)

    def test_a_tag_leads_to_those_who_have_it(self, boss, job):
        row = kept(job)
        PoolNote.objects.create(company=job.company, application=row, tag_words="|näin & so|")
        where = re.search(r'href="(/hiring/pool/\?tag=[^"]+)"', text(boss.get("/hiring/pool/")))[1]
        assert "Ada Lind" in text(boss.get(where))

    def test_goes_on_by_key(self, boss, job, monkeypatch):
        monkeypatch.setattr("hiring.views.pool.ROWS", 1)
        kept(job, name="Otto Berg"), kept(job)
        page = text(boss.get("/hiring/pool/"))
        assert ("Ada Lind" in page, "Otto Berg" in page) == (True, False)
        more = re.search(r'hx-get="([^"]+before=[^"]+)"', page)[1].replace("&amp;", "&")
        page = text(boss.get(more, headers={"HX-Request": "true"}))
        assert ("<html" in page, "Otto Berg" in page) == (False, True)

    def test_a_hidden_name_stays_hidden(self, boss, company):
        kept(make_job(company, hide_names=True))
        page = text(boss.get("/hiring/pool/"))
        assert ("Ada" in page, "Applicant 1" in page) == (False, True)

    @pytest.mark.parametrize("n", [1, 3])
    def test_queries_do_not_grow(self, boss, job, n, django_assert_num_queries):
        for _ in range(n):
            kept(job)
        boss.get("/hiring/pool/")
        with django_assert_num_queries(5):
            boss.get("/hiring/pool/")


class TestWho:
    @pytest.mark.parametrize("role", ["interviewer", "hire"])
    @pytest.mark.parametrize("where", ["/hiring/pool/", "/hiring/pool/1/"])
    def test_only_those_who_lead(self, request, sign_in, role, where):
        assert sign_in(request.getfixturevalue(role)).get(where).status_code == 403

    @pytest.mark.parametrize(
        "name", ["pool_note", "pool_invite", "pool_leave", "pool_agree", "pool_take_back"]
    )
    def test_another_company_changes_nothing(self, rival, sign_in, job, name):
        row = kept(job)
        assert sign_in(rival).post(url(name, row)).status_code == 404
        assert Application.objects.get(pk=row.pk).keep_longer_until == days(100)

    def test_a_manager_not_of_another_job(self, company, manager, sign_in):
        assert sign_in(manager).get(url("pool_person", kept(make_job(company)))).status_code == 403

    def test_who_has_left_has_no_page(self, boss, job):
        assert boss.get(url("pool_person", kept(job, until=-1))).status_code == 404


class TestPerson:
    def test_opening_is_recorded(self, boss, job):
        assert "agreed to be kept until" in text(boss.get(url("pool_person", kept(job))))
        assert looks("pool.opened") == 1

    def test_a_note_with_tags(self, boss, job):
        row = kept(job)
        data = {"text": "Calm", "tags": "Weekends,  part  time,weekends", "seen": 0}
        page = text(boss.post(url("pool_note", row), data, follow=True))
        assert ("Calm" in page, "pool/" in page, "take-back/?mark=note-" in page) == (True, True, True)
        assert PoolNote.objects.get().tags == ["weekends", "part time"]

    @pytest.mark.parametrize(
        ("tags", "why"),
        [("a,b,c,d,e,f", "Five tags at most"), ("x" * 31, "thirty letters"), ("x" * 300, "200 characters")],
    )
    def test_wrong_tags_are_told_and_kept_in_the_form(self, boss, job, tags, why):
        answer = boss.post(url("pool_note", kept(job)), {"text": "Calm", "tags": tags, "seen": 0})
        assert answer.status_code == 422
        assert (why in text(answer), "Calm" in text(answer), PoolNote.objects.count()) == (True, True, 0)

    def test_two_tabs(self, boss, job):
        row = kept(job)
        boss.post(url("pool_note", row), {"text": "First", "tags": "", "seen": 0})
        answer = boss.post(url("pool_note", row), {"text": "Second", "tags": "", "seen": 0})
        assert (answer.status_code, "First" in text(answer), "Second" in text(answer)) == (409, True, True)

    def test_undo_of_a_note(self, boss, job):
        row = kept(job)
        boss.post(url("pool_note", row), {"text": "Calm", "tags": "", "seen": 0})
        mark = PoolNote.objects.get().undoable["note"]["mark"]
        boss.post(f"{url('pool_take_back', row)}?mark={mark}")
        assert PoolNote.objects.get().text == ""

    def test_invite_and_undo(self, boss, job, next_job):
        row = kept(job)
        page = text(boss.post(url("pool_invite", row), {"job": next_job.pk}, follow=True))
        assert ("Told of Packer: the mail leaves" in page, "Told of Packer on" in page) == (True, True)
        boss.post(reverse("hiring:pool_uninvite", args=[PoolInvitation.objects.get().pk]))
        assert Mail.objects.get(message="pool_invitation").state == "cancelled"

    @pytest.mark.parametrize("chosen", ["", "x", "999999"])
    def test_a_job_that_is_not_offered(self, boss, job, next_job, chosen):
        answer = boss.post(url("pool_invite", kept(job)), {"job": chosen})
        assert (answer.status_code, Mail.objects.filter(message="pool_invitation").count()) == (422, 0)

    def test_why_not_is_said(self, boss, job, next_job):
        page = text(boss.post(url("pool_invite", kept(job, email="")), {"job": next_job.pk}, follow=True))
        assert "no e-mail address" in page

    def test_take_them_out_and_undo(self, boss, job):
        row = kept(job)
        assert "not in the pool any more" in text(boss.post(url("pool_leave", row), follow=True))
        mark = Application.objects.get(pk=row.pk).undoable["pool"]["mark"]
        boss.post(f"{url('take_back', row)}?mark={mark}")
        assert Application.objects.get(pk=row.pk).keep_longer_until == days(100)

    def test_a_finalist_agrees_from_their_page(self, boss, job):
        row = kept(job, keep_longer_until=None, stage=Stage.OFFER)
        assert "They agreed to be kept for six months" in text(boss.get(url("candidate", row)))
        assert "In the talent pool" in text(boss.post(url("pool_agree", row), follow=True))
        assert "Only finalists" in text(boss.post(url("pool_agree", row), follow=True))

    def test_who_applies_by_the_invitation_came_from_the_pool(self, owner, job, next_job):
        pool.invite(kept(job), next_job, by=owner)
        via = placements.address(next_job, pool.SOURCE).partition("via=")[2]
        form = application(next_job)
        sent = {name: form[name] for name in ("name", "email", "cv_text")}
        made = applying.apply(next_job, person=sent, answers={}, key=form["key"], via=via)
        assert (made.source, channels.name_of(made.source)) == ("pool", "Talent pool")


class TestAnswer:
    @pytest.fixture
    def where(self, job):
        return pool._link(kept(job, until=10)).partition("/my/")[2]

    def answer(self, client, where, do):
        return text(client.post(f"/my/{where}", {"do": do}, follow=True))

    def test_opening_it_changes_nothing(self, client, where):
        assert "may keep your application until" in text(client.get(f"/my/{where}"))
        assert Application.objects.get().keep_longer_until == days(10)

    def test_yes(self, client, where):
        assert "You hear from us" in self.answer(client, where, "stay")
        assert Application.objects.get().keep_longer_until == days(365)

    def test_no_counts_at_once_and_may_be_said_again(self, client, where, owner):
        for _ in range(2):
            assert "does not keep your application" in self.answer(client, where, "go")
        assert (Application.objects.get().keep_longer_until, pool.seen_by(owner).count()) == (None, 0)
        trail = TrailEntry.objects.get(action="person.consent_withdrawn")
        assert trail.by_link == "pool"

    @pytest.mark.parametrize("do", ["", "STAY", "delete"])
    def test_a_button_nobody_made(self, client, where, do):
        self.answer(client, where, do)
        assert Application.objects.get().keep_longer_until == days(10)

    def test_a_link_for_something_else_opens_nothing(self, client, where):
        Link.objects.update(purpose="status")
        assert client.get(f"/my/{where}").status_code == 404

    def test_it_speaks_the_language_of_the_application(self, client, where):
        Application.objects.update(language="ar")
        assert 'dir="rtl"' in text(client.get(f"/my/{where}"))

    def test_whoever_was_erased_finds_nothing(self, client, where):
        Application.objects.update(erased_at="2026-01-01T00:00Z")
        assert client.get(f"/my/{where}").status_code == 404


def test_a_person_who_never_agreed_has_no_page(boss, job):
    assert boss.get(url("pool_person", make_application(job))).status_code == 404
