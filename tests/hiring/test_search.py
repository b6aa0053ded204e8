"""Words of CVs, letters and answers are found in any script, by those who may see the person, and by nobody else."""

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import Role
from hiring import fulltext, indexing, tasks
from hiring.models import Answer, Application, Assignment, JobMember, SearchText
from tests.factories import make_member
from tests.hiring.acts import text
from tests.hiring.factories import make_application, make_job
from tests.vault.test_erase_bytes import bytes_on_disk
from vault import erasing, folding
from vault.models import StoredFile
from vault.work import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def wrote(job, words, **fields):
    """Somebody whose CV says `words`, ready to be found."""
    row = make_application(job, cv_text=words, **fields)
    indexing.run()
    return row


def page(client, query, **more) -> str:
    return text(client.get(f"/hiring/search/?{urlencode({'q': query, **more})}"))


def names(client, query, **more) -> list[str]:
    parts = page(client, query, **more).split('href="/hiring/people/')[1:]
    return [part.split(">")[1].split("<")[0] for part in parts]


def ids(company, query) -> set:
    return set(
        Application.objects.filter(
            pk__in=fulltext.matching(company.pk, folding.terms(query)), company=company
        ).values_list("pk", flat=True)
    )


class TestWords:
    @pytest.mark.parametrize(
        ("written", "asked"),
        [
            ("Two years of Zendesk and Gorgias", "zendesk"),
            ("Two years of Zendesk and Gorgias", "gorg two"),
            ("Refunds and exchanges", "refund"),
            ("Asiakaspalvelijä Läärätin", "LAARATIN"),
            ("obsługa klienta", "obsluga KLIENTA"),
            ("kundtjänst på Åland", "aland"),
            ("خدمة العملاء بالعربيّة", "خدمه"),
            ("我在网店做客服三年", "客服"),
            ("C'est l’été", "ete"),
            ("worked 2019-2023", "2019"),
            ("ﬁnance team", "finance"),
        ],
    )
    def test_are_found_in_any_spelling(self, boss, job, written, asked):
        wrote(job, written, name="Ada Lind")
        assert names(boss, asked) == ["Ada Lind"]

    @pytest.mark.parametrize("asked", ["endesk", "zendesk shopify", "zendeskk", "ada", "lumi", "or"])
    def test_that_are_not_there_find_nobody(self, boss, job, asked):
        wrote(job, "Two years of Zendesk", name="Ada Lind")
        assert "Nobody wrote that" in page(boss, asked)

    @pytest.mark.parametrize(
        "asked",
        [
            '"',
            'zendesk"',
            "'",
            "zendesk* OR two",
            "NOT zendesk",
            "-zendesk",
            "zendesk:*",
            "a & b | !c",
            "()",
            "\\",
            "%",
        ],
    )
    def test_signs_of_the_search_engines_mean_nothing(self, boss, job, asked):
        wrote(job, "Zendesk")
        assert boss.get(f"/hiring/search/?{urlencode({'q': asked})}").status_code == 200

    @pytest.mark.parametrize("asked", ["", " ", "\x00", "!!", "x" * 5_000, "a " * 500, "٣٤", "🙂"])
    def test_odd_questions_are_answered(self, boss, job, asked):
        wrote(job, "Zendesk")
        assert "Zendesk" not in page(boss, asked)

    def test_stand_in_letter_answers_and_file_alike(self, boss, job, company):
        letter = make_application(job, name="Letter", cover_letter="I know Kayako")
        answer = make_application(job, name="Answer")
        question = job.questions.create(company=company, text="Tools?")
        Answer.objects.create(company=company, application=answer, question=question, text="Kayako")
        upload = make_application(job, name="Upload", cv=stored(company, "Kayako since 2020"))
        indexing.run()
        assert ids(company, "kayako") == {letter.pk, answer.pk, upload.pk}

    def test_show_where_they_stand(self, boss, job):
        wrote(job, "Before. " * 40 + "I ran Zendesk for <b>four</b> shops. " + "After. " * 60)
        shown = page(boss, "zendesk")
        assert "I ran <mark>Zendesk</mark> for &lt;b&gt;four&lt;/b&gt; shops" in shown
        assert shown.count("Before.") < 10


def stored(company, words, **fields):
    values = {
        "company_id": company.pk,
        "original_name": "cv.txt",
        "kind": "txt",
        "size": 1,
        "sha256": "0" * 64,
    }
    values |= {"stored_name": f"{StoredFile.objects.count():040}", "state": State.DONE, "text": words}
    return StoredFile.objects.create(**(values | fields))


class TestWho:
    def test_other_companies_are_not_searched(self, boss, job, rival, sign_in):
        wrote(job, "Zendesk", name="Ours")
        wrote(make_job(rival.company), "Zendesk", name="Theirs")
        assert (names(boss, "zendesk"), names(sign_in(rival), "zendesk")) == (["Ours"], ["Theirs"])

    def test_the_word_that_keeps_companies_apart_opens_nothing(self, boss, job, rival):
        wrote(make_job(rival.company), f"Zendesk {fulltext.of_company(job.company_id)}", name="Theirs")
        assert names(boss, "zendesk") == []

    def test_managers_find_the_people_of_their_jobs(self, company, job, manager, sign_in):
        wrote(job, "Zendesk", name="Mine")
        wrote(make_job(company), "Zendesk", name="Not mine")
        assert names(sign_in(manager), "zendesk") == ["Mine"]

    def test_who_left_a_job_finds_nobody_of_it(self, job, manager, sign_in):
        wrote(job, "Zendesk", name="Mine")
        JobMember.objects.filter(membership=manager).delete()
        assert names(sign_in(manager), "zendesk") == []

    def test_interviewers_find_whom_they_are_to_meet(self, company, job, interviewer, sign_in):
        mine = wrote(job, "Zendesk", name="Mine")
        wrote(job, "Zendesk", name="Not mine")
        Assignment.objects.create(company=company, application=mine, membership=interviewer)
        assert names(sign_in(interviewer), "zendesk") == ["Mine"]

    def test_a_new_hire_may_not_search(self, hire, sign_in):
        assert sign_in(hire).get("/hiring/search/?q=zendesk").status_code == 403

    def test_a_deleted_person_is_not_found(self, boss, job):
        row = wrote(job, "Zendesk")
        Application.objects.filter(pk=row.pk).update(deleted_at=timezone.now())
        assert names(boss, "zendesk") == []


class TestHiddenNames:
    @pytest.fixture
    def hidden(self, company):
        return make_job(company, hide_names=True)

    def test_stay_hidden_beside_what_is_found(self, boss, hidden):
        wrote(hidden, "Anna Kowal, Zendesk. anna@kowal.example", name="Anna Kowal")
        shown = page(boss, "zendesk")
        assert ("Applicant 1" in shown, "Kowal" in shown, "kowal" in shown) == (True, False, False)

    @pytest.mark.parametrize("asked", ["anna", "kowal", "anna@kowal.example", "0401234567"])
    def test_are_not_found_by_themselves(self, boss, hidden, asked):
        wrote(hidden, "Anna Kowal, anna@kowal.example, 040 1234567", name="Anna Kowal")
        assert names(boss, asked) == []

    def test_of_a_job_that_hides_them_later_are_not_found_either(self, boss, job):
        wrote(job, "Anna Kowal, Zendesk", name="Anna Kowal")
        type(job).objects.filter(pk=job.pk).update(hide_names=True)
        assert (names(boss, "kowal"), names(boss, "zendesk")) == ([], ["Applicant 1"])

    def test_a_name_that_is_shown_stands_there(self, boss, hidden):
        row = wrote(hidden, "Anna Kowal, Zendesk", name="Anna Kowal")
        Application.objects.filter(pk=row.pk).update(name_shown_at=timezone.now())
        assert names(boss, "zendesk") == ["Anna Kowal"]


class TestPages:
    def test_the_newest_come_first_and_the_rest_behind_a_button(self, boss, job):
        rows = [wrote(job, "Zendesk", name=f"P{n:02}") for n in range(23)]
        assert names(boss, "zendesk") == [f"P{n:02}" for n in range(22, 2, -1)]
        assert names(boss, "zendesk", before=rows[3].pk) == ["P02", "P01", "P00"]

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "٣", "1.5"])
    def test_a_made_up_place_begins_at_the_top(self, boss, job, before):
        wrote(job, "Zendesk", name="Ada")
        assert names(boss, "zendesk", before=before) == ["Ada"]

    def test_more_lines_come_without_the_page_around_them(self, boss, job):
        rows = [wrote(job, "Zendesk") for _ in range(2)]
        found = boss.get(f"/hiring/search/?q=zendesk&before={rows[1].pk}", headers={"hx-request": "true"})
        assert ("<html" in text(found), text(found).count('class="fh-row"')) == (False, 1)

    @pytest.mark.parametrize("rows", [1, 3])
    def test_cost_the_same_for_one_and_three(self, boss, job, rows, django_assert_num_queries):
        for _ in range(rows):
            wrote(job, "Zendesk")
        page(boss, "zendesk")
        with django_assert_num_queries(5):  # 3 of them who asks and for which company
            page(boss, "zendesk")

    def test_nothing_asked_costs_nothing(self, boss, job, django_assert_num_queries):
        page(boss, "")
        with django_assert_num_queries(3):
            page(boss, "")

    def test_lead_to_what_the_person_sent(self, boss, job):
        row = wrote(job, "Zendesk")
        assert f'href="/hiring/people/{row.pk}/?panel=cv"' in page(boss, "zendesk")

    def test_are_found_by_quick_find_and_from_the_jobs(self, boss, job):
        assert "/hiring/search/" in text(boss.get("/find/?q=search"))
        assert "/hiring/search/" in text(boss.get("/hiring/"))


class TestIndexing:
    def test_waits_for_a_file_that_is_being_read(self, company, job):
        file = stored(company, "", state=State.RUNNING)
        make_application(job, cv=file)
        assert indexing.run() == 0
        StoredFile.objects.filter(pk=file.pk).update(state=State.DONE, text="Kayako")
        assert (indexing.run(), len(ids(company, "kayako"))) == (1, 1)

    def test_a_file_nobody_could_read_keeps_the_letter_findable(self, company, job):
        make_application(job, cv=stored(company, "", state=State.PARKED), cover_letter="Kayako")
        indexing.run()
        assert len(ids(company, "kayako")) == 1

    def test_is_done_once(self, job):
        wrote(job, "Zendesk")
        assert indexing.run() == 0

    def test_again_replaces_what_stood_there(self, company, job):
        row = wrote(job, "Zendesk")
        Application.objects.filter(pk=row.pk).update(cv_text="Kayako", words_due=True)
        indexing.run()
        assert (ids(company, "zendesk"), ids(company, "kayako")) == (set(), {row.pk})

    def test_goes_on_after_a_batch(self, job, monkeypatch):
        monkeypatch.setattr(indexing, "BATCH", 2)
        for _ in range(5):
            make_application(job, cv_text="Zendesk")
        assert (indexing.run(), SearchText.objects.count()) == (5, 5)

    def test_stops_when_its_time_is_over(self, job):
        make_application(job)
        assert indexing.run(seconds=0) == 0

    def test_takes_the_longest_texts_there_are(self, company, job):
        words = " ".join(f"{n:x}客服" for n in range(40_000))
        make_application(job, cv=stored(company, words[:200_000]), cover_letter="z" * 20_000)
        assert indexing.run() == 1

    def test_is_a_task_of_the_worker(self, job):
        make_application(job, cv_text="Zendesk")
        tasks.index_words()
        assert SearchText.objects.count() == 1

    def test_costs_the_same_for_one_and_three(self, job, django_assert_num_queries):
        def queries(n):
            for _ in range(n):
                make_application(job, cv_text="Zendesk")
            with django_assert_num_queries(6):
                indexing._batch()

        queries(1)
        queries(3)


class TestErasing:
    def test_takes_the_words_along(self, company, job):
        row = wrote(job, "qwzplanted")
        erasing.erase("candidate", row.candidate_id, company_id=company.pk)
        assert (SearchText.objects.count(), ids(company, "qwzplanted"), indexing.run()) == (0, set(), 0)

    @pytest.mark.sqlite
    @pytest.mark.django_db(transaction=True)
    def test_leaves_no_byte_of_them_in_the_index(self, company, job):
        row = wrote(job, "Then qwzplanted stood here")
        for _ in range(3):
            wrote(job, "Zendesk")
        assert b"qwzplanted" in bytes_on_disk()
        erasing.erase("candidate", row.candidate_id, company_id=company.pk)
        tasks.tidy_words()
        assert b"qwzplanted" not in bytes_on_disk()
        assert len(ids(company, "zendesk")) == 3

    def test_while_it_waits_for_its_turn_writes_nothing_afterwards(self, company, job):
        row = make_application(job, cv_text="qwzplanted")
        erasing.erase("candidate", row.candidate_id, company_id=company.pk)
        assert (indexing.run(), SearchText.objects.count()) == (0, 0)


class TestIndex:
    def test_is_there_after_every_migrate(self, company, job):
        wrote(job, "Zendesk")
        fulltext.after_migrate()
        fulltext.after_migrate()
        assert len(ids(company, "zendesk")) == 1

    @pytest.mark.sqlite
    def test_is_made_again_when_a_rebuilt_table_lost_its_triggers(self, company, job):
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER hiring_words_in")
        wrote(job, "Zendesk")
        assert ids(company, "zendesk") == set()
        fulltext.after_migrate()
        assert len(ids(company, "zendesk")) == 1

    @pytest.mark.postgres
    def test_is_used(self, company, job):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            found = fulltext.matching(company.pk, ["zendesk"])
            cursor.execute(f"EXPLAIN {found.sql}", found.params)
            assert "hiring_words" in str(cursor.fetchall())

    def test_can_be_tidied_empty(self):
        fulltext.tidy()


def test_a_removed_member_finds_nothing(company, job, sign_in):
    gone = make_member(company, Role.MANAGER, "gone@lumi.example")
    wrote(job, "Zendesk")
    client = sign_in(gone)
    type(gone).objects.filter(pk=gone.pk).update(removed_at=timezone.now())
    assert "Zendesk" not in text(client.get("/hiring/search/?q=zendesk", follow=True))
