"""Applications from the mailbox: bringing in, the look, keeping; who may, what doubles, what a hostile mail does."""

import json
import re
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from hiring import applying, by_mail, channels, deleted, email_forms, mail_reading, mailfile
from hiring.email_forms import BringForm, Facts, MailForm
from hiring.models import Application, JobStatus
from hiring.pipeline import NotOpen
from mailroom.models import Mail
from tests.hiring.acts import text
from tests.hiring.factories import make_job
from tests.hiring.mails import eml, make_mail
from tests.vault import samples
from vault import files
from vault.models import StoredFile
from vault.unfit import Unfit

pytestmark = pytest.mark.django_db
CV = ("Ada CV.txt", b"Ada Lind. Three years in a tea shop. " * 4, "text/plain")
LETTER = ("cover letter.txt", b"Dear shop, I would like this job. " * 4, "text/plain")


@pytest.fixture
def job(company, owner, manager):
    return make_job(company, members=[manager], created_by=owner)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def url(job):
    return reverse("hiring:application_mail", args=[job.pk])


def upload(data, name="a.eml"):
    return SimpleUploadedFile(name, data)


def found_of(said, parts):
    return mail_reading._found(json.dumps(said).encode() + b"\n" + b"".join(parts))


def read_here(file, kind="eml", seconds=0):
    """As the child would, without it: it takes a third of a second to start, and TestChild starts it."""
    try:
        return found_of(
            *(mailfile.read_text(file.encode()) if kind == "text" else mailfile.read(file.read()))
        )
    except Unfit as unfit:
        raise mail_reading.Unreadable(unfit.code) from unfit


@pytest.fixture(autouse=True)
def _in_process(request, monkeypatch):
    if request.cls is not TestChild:
        monkeypatch.setattr(mail_reading, "read", read_here)


def look(client, job, *mails, **data):
    uploads = [upload(mail, f"{n}.eml") for n, mail in enumerate(mails)]
    return client.post(url(job), {"mails": uploads} | data)


def fields(page, **changes) -> dict:
    """What the browser sends back from the page of the look, with `changes`."""
    data = {"keep": "1", "mail": []}
    for form in page.context["forms"]:
        data["mail"].append(form.prefix)
        for bound in form:
            value = bound.value()
            if bound.name != "cv" and value not in {None, "", False}:
                data[bound.html_name] = "on" if value is True else str(value)
    return {name: value for name, value in (data | changes).items() if value is not None}


def keep(client, job, *mails, **changes):
    return client.post(url(job), fields(look(client, job, *mails), **changes))


class TestLooking:
    def test_shows_what_was_found_and_keeps_no_application(self, boss, job):
        page = look(boss, job, eml(files=[CV], text="Hello\nTel. +358 40 123 4567"))
        form = page.context["forms"][0]
        assert [form[name].value() for name in ("name", "email", "phone")] == [
            "Ada Lind", "ada@mail.example", "+358 40 123 4567",
        ]  # fmt: skip
        assert (form["file_0"].value(), form["receipt"].value()) == ("cv", True)
        assert (Application.objects.count(), StoredFile.objects.filter(draft_until=None).count()) == (0, 0)

    def test_pasted_words_alone_will_do(self, boss, job):
        page = boss.post(url(job), {"text": "From: Ada Lind <ada@mail.example>\nSubject: Work\n\nI am Ada."})
        assert page.context["forms"][0]["cover_letter"].value() == "I am Ada."

    def test_a_mail_that_is_none_says_so_beside_the_good_ones(self, boss, job):
        page = look(boss, job, eml(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
        assert (len(page.context["forms"]), page.context["unread"][0][0]) == (1, "1.eml")
        assert "Outlook&#x27;s own format" in text(page)

    def test_none_that_can_be_read_is_the_first_page_again(self, boss, job):
        page = look(boss, job, b"")
        assert (page.status_code, page.templates[0].name) == (422, "hiring/job_add_mail.html")

    def test_nothing_chosen_is_refused_beside_the_form(self, boss, job):
        assert "Choose a mail, or paste its text." in text(boss.post(url(job), {"text": " "}))

    def test_a_file_that_is_not_taken_has_its_sentence_and_no_choice(self, boss, job):
        page = look(boss, job, eml(files=[("x.exe", b"MZ\0\0\1\2", "application/octet-stream")]))
        row = page.context["forms"][0].file_rows[0]
        assert (row["field"], "kind of file" in row["why"]) == (None, True)

    def test_a_forwarded_mail_asks_for_a_tick(self, boss, job):
        mail = eml(
            sender="Mika <mika@lumi.example>",
            subject="Fwd: x",
            inside=make_mail(Message_ID="<5@mail.example>"),
        )
        page = look(boss, job, mail)
        assert "passed on by Mika" in text(page)
        assert "right_person" in page.context["forms"][0].fields

    def test_a_colleagues_address_is_noticed(self, boss, job, manager):
        assert "somebody of your team" in text(look(boss, job, eml(sender=f"Mika <{manager.email}>")))

    def test_what_a_stranger_wrote_is_only_text(self, boss, job):
        page = text(look(boss, job, eml(subject="<script>alert(1)</script>", text="<img src=x onerror=a>")))
        assert ("<script>alert" in page, "<img src=x" in page) == (False, False)

    def test_queries_do_not_grow_with_the_mails(self, boss, job):
        def count(n):
            mails = [eml(Message_ID=f"<{n}{i}@mail.example>") for i in range(n)]
            with CaptureQueriesContext(connection) as found:
                look(boss, job, *mails)
            return len(found)

        count(1)
        assert count(1) == count(3)


class TestKeeping:
    def test_enters_the_person_with_file_letter_and_day(self, boss, job, owner):
        sent = format_datetime(timezone.now() - timedelta(days=3))
        response = keep(boss, job, eml(files=[CV, LETTER], Date=sent))
        row = Application.objects.get()
        assert response.url == reverse("hiring:candidate", args=[row.pk])
        assert (row.name, row.source, row.entered_by, row.stage) == ("Ada Lind", "email", owner, "cv")
        assert (row.cv.original_name, "I would like this job" in row.cover_letter) == ("Ada CV.txt", True)
        assert format_datetime(row.submitted_at) == sent

    def test_what_was_corrected_is_kept(self, boss, job):
        page = look(boss, job, eml())
        boss.post(url(job), fields(page, **{"m0-name": "Ada L.", "m0-email": "", "m0-cover_letter": "Short"}))
        row = Application.objects.get()
        assert (row.name, row.email, row.cover_letter) == ("Ada L.", "", "Short")

    def test_files_left_out_are_gone_at_once(self, boss, job):
        keep(boss, job, eml(files=[CV]), **{"m0-file_0": "out"})
        assert (Application.objects.get().cv, StoredFile.objects.count()) == (None, 0)

    def test_a_letter_becomes_words_and_its_file_goes(self, boss, job):
        keep(boss, job, eml(files=[LETTER]))
        row = Application.objects.get()
        assert ("I would like to work" in row.cover_letter, "Dear shop" in row.cover_letter) == (True, True)
        assert StoredFile.objects.count() == 0

    def test_a_letter_without_words_is_refused_beside_it(self, boss, job):
        page = keep(boss, job, eml(files=[("letter.pdf", samples.pdf(), "application/pdf")]))
        assert page.status_code == 422
        assert page.context["forms"][0].errors["file_0"]

    def test_two_cvs_are_refused(self, boss, job):
        page = keep(boss, job, eml(files=[CV, LETTER]), **{"m0-file_1": "cv"})
        assert "One file can be the CV" in text(page)
        assert Application.objects.count() == 0

    def test_a_cv_of_ones_own_can_be_added(self, boss, job):
        page = look(boss, job, eml())
        boss.post(url(job), fields(page) | {"m0-cv": upload(CV[1], "other.txt")})
        assert Application.objects.get().cv.original_name == "other.txt"

    def test_several_at_once_and_one_left_out(self, boss, job):
        mails = [eml(sender=f"P{n} <p{n}@mail.example>", Message_ID=f"<{n}@x.example>") for n in range(3)]
        response = keep(boss, job, *mails, **{"m1-skip": "on"})
        assert list(Application.objects.order_by("pk").values_list("name", flat=True)) == ["P0", "P2"]
        assert response.url == reverse("hiring:people", args=[job.pk])

    def test_the_good_ones_are_kept_and_the_others_shown_with_what_was_typed(self, boss, job):
        mails = [eml(sender=f"P{n} <p{n}@mail.example>", Message_ID=f"<{n}@x.example>") for n in range(2)]
        page = keep(boss, job, *mails, **{"m1-name": "", "m1-phone": "12", "m1-cover_letter": "Typed"})
        assert (page.status_code, [form.prefix for form in page.context["forms"]]) == (422, ["m1"])
        assert ("Typed" in text(page), Application.objects.get().name) == (True, "P0")

    def test_a_forwarded_one_without_the_tick_is_not_kept(self, boss, job):
        mail = eml(subject="Fwd: x", inside=make_mail(sender="Bo <bo@mail.example>"))
        page = keep(boss, job, mail)
        assert (page.status_code, "right_person" in page.context["forms"][0].errors) == (422, True)
        boss.post(url(job), fields(page, **{"m0-right_person": "on"}))
        assert Application.objects.get().name == "Bo"

    def test_a_closed_job_takes_nobody(self, boss, job):
        data = fields(look(boss, job, eml()))
        type(job).objects.filter(pk=job.pk).update(status=JobStatus.CLOSED, closed_at=timezone.now())
        page = boss.post(url(job), data)
        assert (page.status_code, "This job is closed" in text(page)) == (422, True)

    def test_its_page_says_so_before_anybody_chooses_a_mail(self, boss, job):
        type(job).objects.filter(pk=job.pk).update(status=JobStatus.CLOSED, closed_at=timezone.now())
        assert "Look at it" not in text(boss.get(url(job)))

    @pytest.mark.parametrize("forged", ["", "x", "e30:1:abc"])
    def test_facts_that_are_not_ours_begin_again(self, boss, job, forged):
        page = boss.post(url(job), {"keep": "1", "mail": "m0", "m0-facts": forged, "m0-name": "Ada"})
        assert (page.status_code, Application.objects.count()) == (422, 0)

    def test_facts_and_files_of_another_job_are_not_ours(self, boss, job, company):
        data = fields(look(boss, make_job(company), eml(files=[CV])))
        assert boss.post(url(job), data).status_code == 422
        assert Application.objects.count() == 0

    def test_the_source_has_a_name(self):
        assert channels.name_of(by_mail.SOURCE) == "By e-mail"


class TestReceipt:
    def mails(self):
        return list(Mail.objects.filter(message="application_received").values_list("state", flat=True))

    def test_leaves_in_ten_minutes_to_them(self, boss, job):
        keep(boss, job, eml())
        mail = Mail.objects.get(message="application_received")
        assert (mail.recipient, mail.due_at > timezone.now() + timedelta(minutes=8)) == (
            "ada@mail.example",
            True,
        )

    @pytest.mark.parametrize("change", [{"m0-receipt": None}, {"m0-email": ""}])
    def test_not_without_the_tick_or_an_address(self, boss, job, change):
        keep(boss, job, eml(), **change)
        assert (Application.objects.count(), self.mails()) == (1, [])

    def test_taking_the_person_back_stops_it(self, boss, job, owner):
        keep(boss, job, eml())
        deleted.delete_person(Application.objects.get(), by=owner)
        assert self.mails() == ["cancelled"]

    def test_entering_by_hand_still_writes_to_nobody(self, job, owner):
        applying.enter_by_hand(job, person={"name": "Bo", "email": "bo@mail.example"}, by=owner)
        assert self.mails() == []

    def test_the_public_form_still_writes_at_once(self, job):
        person = {"name": "Bo", "email": "bo@mail.example", "phone": "", "cover_letter": ""}
        applying.apply(job, person=person, answers={}, key="k" * 20)
        assert Mail.objects.get(message="application_received").due_at <= timezone.now()


class TestTwice:
    def test_the_same_mail_doubles_nothing_and_says_as_whom(self, boss, job):
        keep(boss, job, eml(files=[CV]))
        page = look(boss, job, eml(files=[CV], text="Sent again"))
        assert "as Applicant 1" in text(page)
        boss.post(url(job), fields(page))
        assert (Application.objects.count(), StoredFile.objects.filter(draft_until=None).count()) == (1, 1)

    def test_the_page_sent_twice_enters_once(self, boss, job):
        data = fields(look(boss, job, eml()))
        first, second = boss.post(url(job), data), boss.post(url(job), data, follow=True)
        assert (first.status_code, Application.objects.count()) == (302, 1)
        assert "This mail was added on" in text(second)

    def test_for_another_job_it_is_another_application(self, boss, job, company):
        keep(boss, job, eml())
        keep(boss, make_job(company), eml())
        assert Application.objects.count() == 2

    def test_one_that_was_deleted_is_spoken_of_and_not_entered_again(self, boss, job, owner):
        keep(boss, job, eml())
        deleted.delete_person(Application.objects.get(), by=owner)
        page = look(boss, job, eml())
        assert "can be put back" in text(page)
        boss.post(url(job), fields(page))
        assert Application.everything.count() == 1

    def test_who_comes_second_hears_of_the_first(self, job, owner, monkeypatch):
        values = {
            "person": {"name": "Ada", "email": ""},
            "mark": "m",
            "received": timezone.now(),
            "by": owner,
        }
        first = by_mail.enter(job, **values)
        monkeypatch.setattr(by_mail, "find", lambda job, marks: {})  # both looked before either wrote
        with pytest.raises(by_mail.AlreadyThere) as there:
            by_mail.enter(job, **values)
        assert there.value.application == first

    def test_only_a_hash_of_the_mails_number_is_kept(self, boss, job):
        keep(boss, job, eml(Message_ID="<telling@mail.example>"))
        assert re.fullmatch("[0-9a-f]{64}", Application.objects.get().submission_key)


class TestWhen:
    @pytest.mark.parametrize(
        ("ago", "code"),
        [
            (timedelta(days=3), ""),
            (timedelta(days=365), ""),
            (timedelta(days=368), "old"),
            (timedelta(hours=-1), "future"),
            (None, "none"),
        ],
    )
    def test_the_mails_day_within_a_year_else_today(self, ago, code):
        now = timezone.now()
        sent = None if ago is None else now - ago
        at, why = mail_reading.received(sent)
        assert (why, at == sent if code == "" else at - now < timedelta(seconds=5)) == (code, True)

    @pytest.mark.parametrize(("days", "ok"), [(0, True), (-1, False), (360, True), (400, False)])
    def test_a_day_that_is_typed_keeps_to_the_same_bounds(self, job, days, ok):
        day = timezone.localdate() - timedelta(days=days)
        form = MailForm(
            {"m-received": str(day), "m-name": "Ada", "m-facts": "x"}, facts=Facts("m"), job=job, prefix="m"
        )
        assert ("received" not in form.errors) == ok

    def test_another_day_counts_from_noon_and_never_from_later_than_now(self, job):
        day = timezone.localdate() - timedelta(days=2)
        form = MailForm({"received": str(day), "name": "Ada", "facts": "x"}, facts=Facts("m"), job=job)
        assert form.is_valid()
        assert timezone.localtime(form.came).hour == 12
        today = MailForm(
            {"received": str(timezone.localdate()), "name": "Ada", "facts": "x"}, facts=Facts("m"), job=job
        )
        assert today.is_valid()
        assert today.came <= timezone.now()

    @pytest.mark.parametrize(
        ("sent", "word"),
        [
            ("", "does not say"),
            ("2035-01-01T00:00:00+00:00", "still to come"),
            ("2019-05-03T00:00:00+00:00", "more than a year"),
        ],
    )
    def test_why_it_is_today_is_said(self, job, sent, word):
        assert word in MailForm(facts=Facts("m", sent_at=sent), job=job).when


class TestBringing:
    @pytest.mark.parametrize(("n", "ok"), [(20, True), (21, False)])
    def test_twenty_mails_and_no_more(self, n, ok):
        form = BringForm({}, MultiValueDict({"mails": [upload(b"x", f"{i}.eml") for i in range(n)]}))
        assert form.is_valid() == ok

    def test_together_not_too_large(self, monkeypatch):
        monkeypatch.setattr(email_forms, "MOST_MB", 0)
        form = BringForm({}, MultiValueDict({"mails": [upload(b"123456"), upload(b"123456")]}))
        assert "60 MB" in str(form.errors["mails"])

    @pytest.mark.parametrize(("n", "status"), [(20, 200), (21, 422), (30, 422)])
    def test_twenty_files_reach_the_form_and_more_are_told_so(self, boss, job, n, status):
        page = look(boss, job, *[eml(Message_ID=f"<{i}@x.example>") for i in range(n)])
        assert (page.status_code, "At most 20 mails at once" in text(page)) == (status, status == 422)

    def test_the_facts_travel_signed_and_for_a_day(self, job, time_machine):
        sealed = email_forms.sealed(Facts("m", remarks=["cut"]), job)
        assert email_forms.opened(sealed, job).remarks == ["cut"]
        time_machine.move_to(timezone.now() + timedelta(hours=25))
        assert email_forms.opened(sealed, job) is None

    def test_facts_of_another_shape_are_none_of_ours(self, job):
        assert email_forms.opened(signing.dumps({"evil": 1}, salt=email_forms.salt(job)), job) is None


class TestPermission:
    def test_somebody_elses_job_is_not_there(self, job, rival, sign_in):
        assert sign_in(rival).get(url(job)).status_code == 404

    @pytest.mark.parametrize("who", ["interviewer", "hire"])
    def test_not_for(self, request, job, who, sign_in):
        assert sign_in(request.getfixturevalue(who)).get(url(job)).status_code == 403

    def test_a_manager_of_another_job_may_not(self, company, manager, sign_in):
        assert sign_in(manager).get(url(make_job(company))).status_code == 403

    def test_enter_by_hand_and_from_a_mail_lead_to_each_other(self, boss, job):
        other = reverse("hiring:application_add", args=[job.pk])
        assert (url(job) in text(boss.get(other)), other in text(boss.get(url(job)))) == (True, True)

    def test_the_verb_refuses_a_job_that_is_over(self, company, owner):
        job = make_job(company, status=JobStatus.FILLED, closed_at=timezone.now())
        with pytest.raises(NotOpen):
            by_mail.enter(job, person={"name": "A", "email": ""}, mark="m", received=timezone.now(), by=owner)


class TestChild:
    def test_reads_a_mail_and_its_files(self):
        found = mail_reading.read(upload(eml(files=[CV])))
        assert (found.name, found.files[0][0], found.files[0][1].strip()) == (
            "Ada Lind",
            CV[0],
            CV[1].strip(),
        )

    def test_a_mail_that_takes_too_long_fails_alone(self):
        with pytest.raises(mail_reading.Unreadable) as why:
            mail_reading.read(upload(eml()), seconds=0)
        assert why.value.code in {"slow", "broken"}

    def test_more_than_it_may_be_never_reaches_it(self, monkeypatch):
        monkeypatch.setattr(mail_reading, "MAX_BYTES", 10)
        with pytest.raises(mail_reading.Unreadable) as why:
            mail_reading.read(upload(eml()))
        assert why.value.code == "large"

    def test_nothing_it_says_is_believed_beyond_its_length(self):
        said = {"name": "A" * 999, "email": "", "phone": "", "subject": "\0x", "letter": "", "mark": "m"}
        more = {"sent_at": "", "remarks": ["winmail", "<b>"], "forwarded_by": None, "files": [["f", 9_999]]}
        more |= {"message_id": "<a b>", "answers": ["x\r\ny"], "bounce": None}
        found = found_of(said | more, [b"short"])
        assert (len(found.name), found.subject, found.remarks, found.files) == (
            200,
            "x",
            ["winmail"],
            [("f", b"short")],
        )
        assert (found.message_id, found.answers) == ("", [])

    def test_a_code_nobody_knows_is_a_broken_mail(self):
        with pytest.raises(mail_reading.Unreadable, match="cannot be read"):
            mail_reading._found(b'{"refused": "<script>"}\n')


def test_every_refusal_and_remark_has_its_sentence():
    source = Path(email_forms.__file__).with_name("mailfile.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'Unfit\("(\w+)"\)', source)) | {"msg", "no_mail", "slow", "broken"}
    assert codes <= set(mail_reading.SENTENCES)
    assert set(re.findall(r'(?:_remark\(|append\()"(\w+)"', source)) | {"cut"} == set(mail_reading.REMARKS)


def test_drafts_are_for_this_job_alone(job, company):
    facts = email_forms.facts_of(read_here(upload(eml(files=[CV]))), job)
    token = facts.files[0][1]
    assert files.find_draft(token, purpose=email_forms.salt(job)).original_name == CV[0]
    with pytest.raises(files.Refused):
        files.find_draft(token, purpose=email_forms.salt(make_job(company)))
