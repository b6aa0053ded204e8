"""The pages of the talent pool: who must not get in, what was typed wrong, how many questions they ask."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hiring import pool
from hiring.models import Application, Assignment, PoolInvitation, PoolNote, Stage
from mailroom.models import Mail
from tests.hiring.acts import text, url
from tests.hiring.factories import make_job
from tests.hiring.test_pool import days, kept
from vault.models import Link, TrailEntry

pytestmark = pytest.mark.django_db
VERBS = ["pool_note", "pool_invite", "pool_leave", "pool_agree", "pool_take_back"]


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager], title="Helper")


@pytest.fixture
def next_job(company, manager):
    return make_job(company, members=[manager], title="Packer")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def untouched(row) -> bool:
    again = Application.objects.get(pk=row.pk)
    return (again.keep_longer_until, PoolNote.objects.count(), PoolInvitation.objects.count()) == (
        row.keep_longer_until,
        0,
        0,
    )


class TestWho:
    @pytest.mark.parametrize("name", VERBS)
    @pytest.mark.parametrize("role", ["interviewer", "hire"])
    def test_who_does_not_lead_changes_nothing(self, request, sign_in, job, role, name):
        row, member = kept(job), request.getfixturevalue(role)
        Assignment.objects.create(company=job.company, application=row, membership=member)
        assert sign_in(member).post(url(name, row)).status_code == 403
        assert untouched(row)

    @pytest.mark.parametrize("name", VERBS)
    def test_nor_a_manager_of_other_jobs(self, company, manager, sign_in, name):
        row = kept(make_job(company))
        assert sign_in(manager).post(url(name, row)).status_code == 403
        assert untouched(row)

    @pytest.mark.parametrize(
        ("role", "status"), [("rival", 404), ("interviewer", 403), ("hire", 403), ("manager", 302)]
    )
    def test_takes_an_invitation_back(self, request, owner, sign_in, job, next_job, role, status):
        invitation = pool.invite(kept(job), next_job, by=owner)
        answer = sign_in(request.getfixturevalue(role)).post(url("pool_uninvite", invitation))
        assert answer.status_code == status
        assert (Mail.objects.get(message="pool_invitation").state == "cancelled") == (status == 302)

    @pytest.mark.parametrize("name", VERBS)
    def test_reading_changes_nothing(self, boss, job, name):
        row = kept(job)
        assert boss.get(url(name, row)).status_code == 405
        assert untouched(row)

    @pytest.mark.parametrize("name", VERBS)
    def test_nobody_of_the_shop_is_nobody(self, client, job, name):
        row = kept(job)
        assert client.post(url(name, row))["Location"].startswith("/accounts/")
        assert untouched(row)

    def test_another_companys_people_are_on_no_list(self, rival, sign_in, job):
        kept(job)
        assert "Ada Lind" not in text(sign_in(rival).get("/hiring/pool/?q=ada"))

    @pytest.mark.parametrize("field", ["erased_at", "deleted_at"])
    def test_who_is_gone_has_no_page(self, boss, job, field):
        row = kept(job)
        Application.objects.filter(pk=row.pk).update(**{field: timezone.now()})
        assert boss.get(url("pool_person", row)).status_code == 404

    def test_a_page_that_is_refused_is_not_recorded_as_read(self, company, manager, sign_in):
        sign_in(manager).get(url("pool_person", kept(make_job(company))))
        assert TrailEntry.objects.filter(action="pool.opened").count() == 0


class TestList:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"language": "\x00"}, 1),
            ({"tag": "\x00"}, 1),
            ({"language": "x" * 99}, 0),
            ({"tag": "x" * 99}, 0),
            ({"q": "x " * 200}, 0),
        ],
    )
    def test_asked_oddly_it_answers(self, boss, job, asked, found):
        kept(job)
        assert len(boss.get("/hiring/pool/", asked).context["lines"]) == found

    @pytest.mark.parametrize("before", ["-1", "٣", "9" * 30, "1e3", ""])
    def test_an_odd_place_is_the_beginning(self, boss, job, before):
        kept(job)
        assert "Ada Lind" in text(boss.get("/hiring/pool/", {"before": before}))

    def test_what_was_asked_stays_in_the_fields(self, boss, job):
        answer = boss.get("/hiring/pool/", {"q": '<b>"zen', "tag": "Polish"})
        page = text(answer)
        assert ("<b>" in page, "&lt;b&gt;&quot;zen" in page) == (False, True)
        assert (answer.context["tag"], answer.context["filtered"]) == ("polish", True)

    def test_a_manager_finds_those_of_their_jobs(self, company, manager, sign_in, job):
        kept(job)
        kept(make_job(company), name="Otto Berg")
        page = text(sign_in(manager).get("/hiring/pool/"))
        assert ("Ada Lind" in page, "Otto Berg" in page) == (True, False)

    @pytest.mark.parametrize("n", [1, 3])
    def test_queries_of_a_search(self, boss, job, n, django_assert_num_queries):
        for _n in range(n):
            PoolNote.objects.create(company=job.company, application=kept(job), tag_words="|kind|")
        boss.get("/hiring/pool/")
        with django_assert_num_queries(5):
            boss.get("/hiring/pool/?q=ada&language=en&tag=kind")


class TestPerson:
    @pytest.mark.parametrize("n", [1, 3])
    def test_queries_do_not_grow_with_invitations(
        self, boss, company, owner, job, n, django_assert_num_queries
    ):
        row = kept(job)
        for _n in range(n):
            pool.invite(row, make_job(company), by=owner)
        boss.get(url("pool_person", row))
        with django_assert_num_queries(9):
            boss.get(url("pool_person", row))

    def test_a_hidden_name_stays_hidden(self, boss, company):
        page = text(boss.get(url("pool_person", kept(make_job(company, hide_names=True)))))
        assert ("Ada" in page, "Applicant 1" in page) == (False, True)

    @pytest.mark.parametrize(
        "data",
        [{"seen": ""}, {"seen": "x"}, {"text": "Calm\x00", "seen": 0}, {"text": "y" * 2001, "seen": 0}],
    )
    def test_a_wrong_note_is_kept_in_the_form_only(self, boss, job, data):
        answer = boss.post(url("pool_note", kept(job)), {"text": "Calm", "tags": "kind"} | data)
        form = answer.context["note_form"]
        assert (answer.status_code, form["tags"].value(), PoolNote.objects.count()) == (422, "kind", 0)

    def test_an_empty_note_takes_the_words_away(self, boss, job):
        row = kept(job)
        PoolNote.objects.create(company=job.company, application=row, text="Calm", tag_words="|kind|")
        boss.post(url("pool_note", row), {"text": "", "tags": "", "seen": 0})
        assert (PoolNote.objects.get().text, PoolNote.objects.get().tags) == ("", [])

    def test_a_note_is_words_and_no_page(self, boss, job):
        row = kept(job)
        PoolNote.objects.create(company=job.company, application=row, text="<script>x</script>", tag_words="")
        assert "<script>x" not in text(boss.get(url("pool_person", row)))

    @pytest.mark.parametrize(("minutes", "offered"), [(9, True), (11, False)])
    def test_undo_is_offered_for_ten_minutes(self, boss, owner, job, next_job, minutes, offered):
        row = kept(job)
        invitation = pool.invite(row, next_job, by=owner)
        PoolInvitation.objects.update(invited_at=timezone.now() - timedelta(minutes=minutes))
        page = text(boss.get(url("pool_person", row)))
        assert (url("pool_uninvite", invitation) in page) == offered

    def test_an_invitation_taken_back_is_not_listed_and_not_taken_back_again(
        self, boss, owner, job, next_job
    ):
        row = kept(job)
        invitation = pool.invite(row, next_job, by=owner)
        assert boss.post(url("pool_uninvite", invitation)).status_code == 302
        assert "Told of Packer" not in text(boss.get(url("pool_person", row)))
        assert boss.post(url("pool_uninvite", invitation)).status_code == 409

    def test_a_foreign_job_is_not_offered_nor_taken(self, boss, rival, job):
        row, foreign = kept(job), make_job(rival.company, title="Foreign")
        assert "Foreign" not in text(boss.get(url("pool_person", row)))
        assert boss.post(url("pool_invite", row), {"job": foreign.pk}).status_code == 422
        assert untouched(row)

    @pytest.mark.parametrize("mark", ["", "note-00000000", "pool-1", "note"])
    def test_a_mark_nobody_gave_takes_nothing_back(self, boss, job, mark):
        row = kept(job)
        boss.post(url("pool_note", row), {"text": "Calm", "tags": "", "seen": 0})
        assert boss.post(f"{url('pool_take_back', row)}?mark={mark}").status_code == 409
        assert PoolNote.objects.get().text == "Calm"

    def test_who_left_in_another_tab_is_told_of_nothing(self, boss, owner, job, next_job):
        row = kept(job)
        pool.leave(row, by=owner)
        assert boss.post(url("pool_invite", row), {"job": next_job.pk}).status_code == 404
        assert boss.post(url("pool_leave", row)).status_code == 404


class TestAnswer:
    @pytest.fixture
    def row(self, job):
        return kept(job, until=10)

    def where(self, row):
        return "/my/" + pool._link(row).partition("/my/")[2]

    @pytest.mark.parametrize("field", ["erased_at", "deleted_at"])
    def test_whoever_is_gone_answers_nothing(self, client, row, field):
        where = self.where(row)
        Application.objects.filter(pk=row.pk).update(**{field: timezone.now()})
        assert client.post(where, {"do": "stay"}).status_code == 404
        assert Application.everything.get().keep_longer_until == days(10)

    def test_a_yes_after_a_no_is_a_yes(self, client, row):
        where = self.where(row)
        for do in ("go", "stay"):
            client.post(where, {"do": do})
        assert Application.objects.get().keep_longer_until == days(365)

    def test_a_shop_that_closes_still_hears_a_no(self, client, row):
        where = self.where(row)
        type(row.company).objects.filter(pk=row.company_id).update(closes_at=timezone.now())
        client.post(where, {"do": "go"})
        assert Application.objects.get().keep_longer_until is None

    def test_a_link_that_ran_out(self, client, row):
        where = self.where(row)
        Link.objects.update(expires_at=timezone.now())
        assert client.get(where).status_code == 404

    def test_one_persons_answer_is_nobody_elses(self, client, job, row):
        other = kept(job, name="Otto Berg", until=10)
        client.post(self.where(row), {"do": "go"})
        assert Application.objects.get(pk=other.pk).keep_longer_until == days(10)

    def test_it_stays_out_of_caches_and_indexes(self, client, row):
        answer = client.get(self.where(row))
        assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex", "no-referrer")
        assert "no-store" in answer["Cache-Control"]


def test_a_finalist_is_offered_the_pool_only_while_it_can_be(boss, job):
    row = kept(job, keep_longer_until=None, stage=Stage.OFFER)
    assert url("pool_agree", row) in text(boss.get(url("candidate", row)))
    boss.post(url("pool_agree", row))
    assert url("pool_agree", row) not in text(boss.get(url("candidate", row)))
