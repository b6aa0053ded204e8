"""Copies of data: everything of the person and nothing of the neighbour; a shop whole, and no other shop's row."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hiring.models import ReferenceCall, Scorecard
from tests.hiring.adverts import make_published
from tests.hiring.factories import make_card
from tests.vault import planted
from vault import archive, exports, keep, sheets, work
from vault.models import Export, StoredFile, TrailEntry

ANNA, NELE = "qwzanna", "qwznele"


@pytest.fixture
def anna(owner):
    return planted.make_applicant(make_published(owner), ANNA, owner)


@pytest.fixture
def nele(anna, owner):
    return planted.make_applicant(anna.job, NELE, owner)


def ask(application, **kwargs) -> Export:
    values = {"company_id": application.company_id, "language": "en"} | kwargs
    return exports.ask("candidate", application.candidate_id, **values)


def made(row) -> zipfile.ZipFile:
    exports.run(row.pk)
    row.refresh_from_db()
    return zipfile.ZipFile(row.file.path)


def everything(copy) -> str:
    return "".join(f"{name} {copy.read(name).decode('utf-8-sig')}" for name in copy.namelist()).lower()


@pytest.mark.django_db
class TestPerson:
    def test_every_planted_word_is_in_it(self, anna):
        """Compared field by field with what stands in the rows, by the register."""
        planted.fill("candidate", anna.candidate_id, ANNA)
        data = json.loads(made(ask(anna)).read("person.json"))
        copied = {group["what"]: json.dumps(group["rows"]) for group in data["groups"]}
        for rule, rows in keep.tied("candidate", anna.candidate_id):
            if not rule.export:
                continue
            said = copied.get(str(rule.model._meta.verbose_name_plural).capitalize(), "")
            names = set(rule.personal) - set(rule.hidden)
            words = sum(ANNA in str(getattr(row, name)) for row in rows for name in names)
            assert said.count(ANNA) >= words, rule.model

    def test_nothing_of_the_neighbour_is_in_it(self, anna, nele):
        copy = made(ask(anna))
        assert ANNA in everything(copy)
        assert NELE not in everything(copy)

    def test_what_they_handed_in_is_in_it(self, anna):
        copy = made(ask(anna))
        assert copy.read(f"files/{anna.cv_id}-{ANNA}.txt") == anna.cv.path.read_bytes()

    def test_what_a_referee_said_is_left_out_and_the_copy_says_why(self, anna):
        ReferenceCall.objects.update(notes="XCONFIDENTIAL")
        copy = made(ask(anna))
        assert "xconfidential" not in everything(copy)
        assert "said in confidence" in " ".join(json.loads(copy.read("person.json"))["left_out"])
        assert "said in confidence" in copy.read("index.html").decode()

    def test_a_card_somebody_still_writes_is_left_out(self, anna, manager):
        make_card(anna, manager, submitted=False, trust="XDRAFT")
        copy = made(ask(anna))
        assert "xdraft" not in everything(copy)
        assert "not handed in yet" in everything(copy)
        Scorecard.objects.update(submitted_at=timezone.now())
        assert "xdraft" in everything(made(ask(anna)))

    def test_notes_of_the_interview_are_in_it_without_who_wrote_them(self, anna, owner):
        text = everything(made(ask(anna)))
        assert f"{ANNA} can be trusted" in text
        assert f"{ANNA} seems nice" in text
        assert "olga" not in json.loads(made(ask(anna)).read("person.json"))["groups"]

    def test_it_says_why_each_thing_is_kept_and_how_long(self, anna):
        groups = {row["what"]: row for row in json.loads(made(ask(anna)).read("person.json"))["groups"]}
        assert groups["Applications"]["why"] == "Choose somebody for a role"
        assert "lets a refused applicant complain" in groups["Applications"]["how_long"]

    def test_mails_are_in_it_without_the_addresses_that_open_doors(self, anna):
        text = everything(made(ask(anna)))
        assert f"hello {ANNA} name" in text
        assert "/my/status/" not in text

    def test_live_markup_does_not_live_in_it(self, anna):
        type(anna).objects.filter(pk=anna.pk).update(name="<script>alert(1)</script>")
        page = made(ask(anna)).read("index.html").decode()
        assert "<script>" not in page
        assert "&lt;script&gt;" in page

    def test_in_the_language_of_whoever_asked(self, anna):
        assert 'lang="ar" dir="rtl"' in made(ask(anna, language="ar")).read("index.html").decode()

    def test_an_earlier_copy_is_not_in_it(self, anna):
        made(ask(anna))
        assert not [name for name in made(ask(anna)).namelist() if name.endswith(".zip")]

    def test_a_member_has_their_plan_and_their_account(self, company, owner):
        sara = planted.make_newcomer(company, ANNA, owner)
        planted.make_newcomer(company, NELE, owner)
        row = exports.ask("member", sara.pk, company_id=company.pk, language="en")
        text = everything(made(row))
        assert NELE not in text
        for words in (f"{ANNA} asks", f"{ANNA} writes", f"{ANNA} has read this", f"{ANNA}@mail.example"):
            assert words in text
        assert sara.user.password.lower() not in text


@pytest.mark.django_db
class TestWork:
    def test_asked_twice_while_it_is_being_made_it_is_one(self, anna, owner):
        first = ask(anna, by_id=owner.user_id)
        assert ask(anna, by_id=owner.user_id) == first
        assert ask(anna) != first  # behind the link: somebody else's wish
        made(first)
        assert ask(anna, by_id=owner.user_id) != first

    def test_it_is_there_for_a_week(self, anna, time_machine):
        time_machine.move_to("2026-12-01T12:00:00Z", tick=False)
        row = ask(anna)
        made(row)
        assert (row.state, row.percent, row.is_ready) == ("done", 100, True)
        assert row.expires_at == timezone.now() + timedelta(days=7)
        time_machine.move_to("2026-12-08T12:00:00Z", tick=False)
        assert row.is_ready is False

    def test_and_then_it_goes_with_its_file(self, anna, time_machine, on_commit):
        row = ask(anna)
        made(row)
        path = row.file.path
        assert exports.forget() == 0
        time_machine.move_to(timezone.now() + timedelta(days=8))
        with on_commit():
            assert exports.forget() == 1
        assert (path.exists(), Export.objects.count()) == (False, 0)
        assert StoredFile.objects.filter(kind="zip").count() == 0

    def test_given_up_it_is_not_made(self, anna, owner):
        row = ask(anna)
        assert exports.cancel(row, by_id=owner.user_id) is True
        exports.run(row.pk)
        row.refresh_from_db()
        assert (row.state, row.file) == ("cancelled", None)
        assert exports.cancel(row, by_id=owner.user_id) is False

    def test_given_up_on_the_way_leaves_no_file(self, anna, owner, settings, monkeypatch):
        row = ask(anna)
        before = sorted(settings.PRIVATE_FILES.rglob("*"))
        add = archive._add_files

        def give_up(*args):
            exports.cancel(row, by_id=owner.user_id)
            exports._tick(work_row(row), 50)
            add(*args)

        monkeypatch.setattr(archive, "_add_files", give_up)
        exports.run(row.pk)
        row.refresh_from_db()
        assert (row.state, row.file) == ("cancelled", None)
        assert sorted(settings.PRIVATE_FILES.rglob("*")) == before

    def test_a_worker_that_was_too_slow_leaves_its_successor_alone(self, anna, monkeypatch):
        row = ask(anna)
        slow = work.claim(Export, row.pk)
        Export.objects.filter(pk=row.pk).update(lease_until=timezone.now())
        made(row)
        with pytest.raises(exports.Stopped):
            exports._tick(slow, 10)
        assert StoredFile.objects.filter(kind="zip").count() == 1

    def test_what_goes_wrong_is_tried_again_and_then_set_aside(self, anna, monkeypatch):
        row = ask(anna)
        monkeypatch.setattr(archive, "_zip", lambda path: 1 / 0)
        for tries, state in enumerate(("waiting", "waiting", "parked"), 1):
            Export.objects.update(due_at=timezone.now())
            with pytest.raises(ZeroDivisionError):
                exports.run(row.pk)
            row.refresh_from_db()
            assert (row.tries, row.state, row.last_error) == (tries, state, "ZeroDivisionError")

    def test_the_trail_tells_who_asked_and_who_took_it(self, anna, owner):
        row = ask(anna, by_id=owner.user_id)
        exports.taken(row, by_link="data")
        lines = TrailEntry.objects.filter(action__startswith="person.").order_by("pk")
        said = list(lines.values_list("action", "actor_id", "by_link"))
        assert said == [("person.copy_asked", owner.user_id, ""), ("person.copy_taken", None, "data")]


def work_row(row):
    row.refresh_from_db()
    return row


@pytest.mark.django_db
class TestShop:
    def make(self, owner):
        return made(exports.ask("shop", owner.company_id, company_id=owner.company_id, language="en"))

    def test_every_kind_of_row_twice_and_the_files(self, anna, owner):
        copy = self.make(owner)
        tables = {rule.model._meta.label_lower for rule in keep.rules() if rule.shop}
        assert {f"csv/{name}.csv" for name in tables} <= set(copy.namelist())
        assert {f"json/{name}.json" for name in tables} <= set(copy.namelist())
        assert f"files/{anna.cv_id}-{ANNA}.txt" in copy.namelist()

    def test_both_forms_say_the_same(self, anna, nele, owner):
        copy = self.make(owner)
        rows = json.loads(copy.read("json/hiring.application.json"))
        assert [row["name"] for row in rows] == [f"{ANNA} name", f"{NELE} name"]
        table = csv.DictReader(
            io.StringIO(copy.read("csv/hiring.application.csv").decode("utf-8-sig"), newline="")
        )
        assert [row["name"] for row in table] == [f"{ANNA} name", f"{NELE} name"]

    def test_no_other_shop_is_in_it(self, anna, owner, rival):
        planted.make_applicant(make_published(rival), NELE, rival)
        text = everything(self.make(owner))
        assert ANNA in text
        assert NELE not in text
        assert rival.email not in text

    def test_no_key_and_no_password_is_in_it(self, anna, owner):
        copy = self.make(owner)
        assert owner.user.password.lower() not in everything(copy)
        assert not {name for name in copy.namelist() if "link" in name or "session" in name or "auth" in name}
        assert "/my/" not in everything(copy)

    def test_cards_somebody_still_writes_are_their_own(self, anna, owner, manager):
        make_card(anna, manager, submitted=False, trust="XDRAFT")
        assert "xdraft" not in everything(self.make(owner))

    def test_queries_do_not_grow_with_the_rows(self, anna, owner, django_assert_max_num_queries):
        row = exports.ask("shop", owner.company_id, company_id=owner.company_id, language="en")
        tables = len([rule for rule in keep.rules() if rule.shop])
        with django_assert_max_num_queries(5 * tables + 12):
            exports.run(row.pk)


class TestCells:
    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\0=1", " =1", "\n=1"])
    def test_what_a_spreadsheet_would_run_is_text(self, text):
        assert sheets.cell(text).startswith("'")

    @pytest.mark.parametrize(
        ("value", "cell"),
        [
            ("plain", "plain"), ("", ""), (None, ""), (7, 7), (-7, -7), (Decimal("-1.5"), Decimal("-1.5")),
            (True, True), ([1], "[1]"), ({"a": "=1"}, '{"a": "=1"}'),
        ],
    )  # fmt: skip
    def test_everything_else_stays(self, value, cell):
        assert sheets.cell(value) == cell

    @given(st.lists(st.text(), min_size=2, max_size=4))
    def test_rows_come_back_as_they_were(self, texts):
        file = io.StringIO(newline="")
        sheets.Sheet(file, ["a"] * len(texts)).add(texts)
        assert file.getvalue().startswith(",".join("a" * len(texts)) + "\r\n")
        (row,) = list(csv.reader(io.StringIO(file.getvalue(), newline="")))[1:]
        assert row == [str(sheets.cell(text)) for text in texts]
