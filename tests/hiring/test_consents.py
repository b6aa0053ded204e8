"""Being kept for longer: agreed to in words that are kept, taken back, read again."""

import importlib
from datetime import date, timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from hiring import applying, consents
from hiring.models import Application, Consent
from hiring.models.consents import Purpose
from tests.hiring.acts import text, url
from tests.hiring.adverts import address, application, make_published
from tests.hiring.asked import apply
from tests.hiring.factories import make_application, make_job
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return make_published(owner)


@pytest.fixture
def ann(job):
    return apply(job, keep_longer=True)


def page_of(row, name="status") -> str:
    token = applying.status_address(row).rstrip("/").rpartition("/")[2]
    return reverse(f"hiring_links:{name}", args=[token])


def take_back(client, row, **values):
    return client.post(page_of(row, "status_consent"), {"purpose": "keep"} | values, follow=True)


class TestGiven:
    def test_in_which_words_and_when(self, client, job):
        client.post(address(job), application(job, keep_longer="on"))
        row = Consent.objects.get()
        assert (row.purpose, row.version) == ("keep", consents.VERSIONS[Purpose.KEEP])
        assert row.text.startswith("You may keep my application for one more year")
        assert (row.company, row.withdrawn_at) == (job.company, None)
        assert timezone.now() - row.given_at < timedelta(minutes=1)

    def test_in_the_language_of_the_form(self, client, owner):
        job = make_published(owner, language="fi")
        client.post(address(job), application(job, keep_longer="on"))
        label = str(text(client.get(address(job))))
        assert Consent.objects.get().text in label

    @pytest.mark.parametrize("posted", [{}, {"keep_longer": ""}, {"keep": "on", "consent": "on"}])
    def test_only_where_the_box_was_ticked(self, client, job, posted):
        client.post(address(job), application(job, **posted))
        assert (Consent.objects.count(), Application.objects.get().keep_longer_until) == (0, None)

    def test_nobody_entered_by_hand_has_agreed(self, job, owner):
        applying.enter_by_hand(job, person={"name": "Ann", "email": ""}, by=owner)
        assert Consent.objects.count() == 0

    def test_the_same_form_twice_is_one(self, job):
        for _time in range(2):
            apply(job, keep_longer=True)
        assert Consent.objects.count() == 1

    def test_every_purpose_has_words_and_their_version(self):
        assert set(consents.TEXTS) == set(consents.VERSIONS) == set(Purpose)


class TestTakenBack:
    @pytest.mark.parametrize(
        ("page", "name"), [("status", "status"), ("data", "status_data"), ("x", "status")]
    )
    def test_leads_back_and_says_so(self, client, ann, page, name):
        answer = take_back(client, ann, page=page)
        assert answer.resolver_match.url_name == name
        assert "You are not kept longer than the law asks for." in text(answer)
        ann.refresh_from_db()
        assert (ann.keep_longer_until, ann.consent_version) == (None, applying.NOTICE)

    def test_the_words_stay_with_both_days(self, client, ann):
        page = text(take_back(client, ann))
        assert "You may keep my application for one more year" in page
        assert "taken back on" in page
        assert "I no longer want that" not in page

    def test_twice_is_once(self, client, ann):
        for _time in range(2):
            take_back(client, ann)
        assert TrailEntry.objects.filter(action="person.consent_withdrawn").count() == 1

    def test_for_every_application_of_this_person_and_for_nobody_else(self, client, job, ann):
        mine, other = (apply(job, key=key, keep_longer=True) for key in ("mine", "other"))
        Application.objects.filter(pk=mine.pk).update(candidate=ann.candidate)
        take_back(client, ann)
        standing = Consent.objects.filter(withdrawn_at=None).values_list("application", flat=True)
        assert list(standing) == [other.pk]
        kept = Application.objects.exclude(keep_longer_until=None).values_list("pk", flat=True)
        assert list(kept) == [other.pk]

    @pytest.mark.parametrize("purpose", ["", "everything", "keep\x00"])
    def test_of_what_nobody_asked_nothing_happens(self, client, ann, purpose):
        take_back(client, ann, purpose=purpose)
        assert Consent.objects.get().withdrawn_at is None

    def test_reading_takes_nothing_back(self, client, ann):
        assert client.get(page_of(ann, "status_consent")).status_code == 405
        client.get(page_of(ann))
        assert Consent.objects.get().withdrawn_at is None

    def test_given_again_is_a_row_of_its_own(self, client, ann):
        take_back(client, ann)
        consents.give(Application.objects.get(), [Purpose.KEEP])
        assert [row.withdrawn_at is None for row in consents.of(ann)] == [False, True]


class TestVerbs:
    @pytest.mark.parametrize(("zone", "day"), [("Pacific/Auckland", 8), ("UTC", 7), ("Pacific/Honolulu", 7)])
    def test_a_year_begins_on_the_day_of_whoever_reads(self, job, zone, day):
        row = make_application(job)
        with time_machine.travel("2026-12-07 22:30 +0000", tick=False), timezone.override(zone):
            consents.give(row, [Purpose.KEEP])
        row.refresh_from_db()
        assert row.keep_longer_until == date(2027, 12, day)

    def test_given_twice_keeps_the_first_words(self, ann):
        Consent.objects.update(text="Older words")
        consents.give(ann, [Purpose.KEEP])
        assert [row.text for row in consents.of(ann)] == ["Older words"]

    def test_nothing_ticked_is_nothing_given(self, job):
        row = make_application(job)
        consents.give(row, [])
        assert (consents.of(row), row.keep_longer_until) == ([], None)

    def test_taken_back_says_whether_anything_stood(self, ann):
        found = [consents.take_back(ann, Purpose.KEEP) for _time in range(2)]
        assert found == [True, False]

    def test_a_day_without_words_is_taken_back_too(self, job):
        row = make_application(job)
        Application.objects.filter(pk=row.pk).update(keep_longer_until=timezone.localdate())
        assert consents.take_back(row, Purpose.KEEP, by_link="pool")
        entry = TrailEntry.objects.get(action="person.consent_withdrawn")
        assert (entry.fields, entry.by_link) == (["keep_longer_until"], "pool")

    def test_the_shops_note_follows_and_is_taken_back(self, ann):
        stood = []
        for kept in (False, False, True, True):
            consents.follow(ann.pk, kept=kept)
            stood.append(Consent.objects.get().stands)
        assert stood == [False, False, True, True]

    def test_the_shops_note_makes_no_consent(self, job):
        row = make_application(job)
        consents.follow(row.pk, kept=True)
        assert consents.of(row) == []

    def test_another_company_keeps_its_own(self, ann, rival):
        theirs = make_application(make_job(rival.company), email=ann.email)
        consents.give(theirs, [Purpose.KEEP])
        consents.take_back(ann, Purpose.KEEP)
        assert [consent.stands for consent in consents.of(theirs)] == [True]

    def test_the_table_refuses_two_that_stand(self, ann):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.create(company=ann.company, application=ann, purpose=Purpose.KEEP)


class TestRead:
    @pytest.mark.parametrize("name", ["status", "status_data"])
    def test_behind_the_link(self, client, ann, name):
        page = " ".join(text(client.get(page_of(ann, name))).split())
        assert "You may keep my application for one more year" in page
        assert f"version {consents.VERSIONS[Purpose.KEEP]}" in page

    def test_nothing_where_nothing_was_agreed(self, client, job):
        assert "What you agreed to" not in text(client.get(page_of(apply(job))))

    def test_on_the_persons_page_old_words_stay(self, sign_in, owner, ann):
        Consent.objects.update(text="Older words", version="2025-01")
        page = text(sign_in(owner).get(url("candidate", ann)))
        assert ("Older words" in page, "Version 2025-01" in page) == (True, True)

    def test_not_by_an_interviewer(self, sign_in, interviewer, ann):
        ann.assignments.create(company=ann.company, membership=interviewer)
        assert "Kept for longer" not in text(sign_in(interviewer).get(url("candidate", ann)))


def test_those_who_agreed_before_have_it_written_down(job):
    step = importlib.import_module("hiring.migrations.0023_consents")
    old, without = make_application(job, language="en", consent_version="2026-11a"), make_application(job)
    Application.objects.filter(pk=old.pk).update(keep_longer_until=timezone.localdate())
    step.write_down(apps, None)
    row = Consent.objects.get()
    assert (row.application, row.version, row.given_at) == (old, "2026-11a", old.submitted_at)
    assert row.text == str(consents.TEXTS[Purpose.KEEP])
    assert without.consents.count() == 0
