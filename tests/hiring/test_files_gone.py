"""Whatever removes somebody takes every private file along, and leaves what the law orders to keep."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership
from hiring import adverts, deleted, sent_files
from hiring.models import Answer, Application, Message, MessageFile, Offer, Question, SignedContract, Stage
from tests.hiring.adverts import make_published
from tests.hiring.factories import bring, make_application, make_offer
from vault import erasing, files
from vault.models import FileRemoval, StoredFile

pytestmark = pytest.mark.django_db
SENT = ("cv", "letter", "answer", "attachment")
SIGNED = ("signed", "finished")


def stored(application, name) -> StoredFile:
    upload = SimpleUploadedFile(f"{name}.txt", b"Words of one person. " * 9)
    return files.store(upload, company_id=application.company_id)


def plant(application) -> dict:
    """One file of every kind: {what it is: the file}. The person has an offer already."""
    made = {name: stored(application, name) for name in (*SENT, *SIGNED)}
    own = {"company_id": application.company_id}
    Application.objects.filter(pk=application.pk).update(cv=made["cv"], letter=made["letter"])
    question = Question.objects.create(**own, job=application.job, text="A sample?", kind="file")
    Answer.objects.create(**own, application=application, question=question, file=made["answer"])
    message = Message.objects.create(**own, application=application, kind="mail")
    MessageFile.objects.create(**own, message=message, file=made["attachment"])
    Offer.objects.filter(application=application).update(signed_file=made["signed"])
    offer = application.offers.get()
    SignedContract.objects.update_or_create(offer=offer, defaults=own | {"file": made["finished"]})
    application.refresh_from_db()
    return made


def left(made) -> tuple[list, list]:
    """(names of which the row is left, names of which the bytes are)."""
    rows = set(StoredFile.objects.values_list("stored_name", flat=True))
    return [n for n, row in made.items() if row.stored_name in rows], [
        n for n in made if made[n].path.exists()
    ]


@pytest.fixture
def ann(owner):
    """Refused after a draft of an offer: nothing of theirs is kept by a law."""
    row = bring(make_application(make_published(owner)), Stage.OFFER, owner)
    make_offer(row, owner)
    return row


@pytest.fixture
def hired(owner):
    return bring(make_application(make_published(owner)), Stage.HIRED, owner)


def erase(application):
    erasing.erase("candidate", application.candidate_id, company_id=application.company_id)
    for row in FileRemoval.objects.all():  # as the worker does it
        erasing.remove_file(row)


def remove_test(application):
    Application.objects.filter(pk=application.pk).update(is_test=True)
    adverts.remove_tests(application.job, by=Membership.objects.get())


WAYS = pytest.mark.parametrize("way", [deleted.purge_person, erase, remove_test])


@WAYS
def test_every_file_goes_with_the_person(ann, way, on_commit):
    made = plant(ann)
    with on_commit():
        way(ann)
    assert left(made) == ([], [])


@pytest.mark.parametrize("way", [deleted.purge_person, erase])
def test_what_the_law_keeps_stays_and_the_rest_goes(hired, way, on_commit):
    made = plant(hired)
    with on_commit():
        way(hired)
    assert left(made) == ([*SIGNED], [*SIGNED])
    assert (hired.offers.count(), SignedContract.objects.exclude(file=None).count()) == (1, 1)


def test_a_contract_goes_too_when_its_time_is_over(hired, time_machine, on_commit):
    made = plant(hired)
    time_machine.move_to("2060-01-01")
    with on_commit():
        deleted.purge_person(hired)
    assert (left(made), Application.everything.count()) == (([], []), 0)


def test_twice_is_once_while_the_law_keeps_a_contract(hired, on_commit):
    made = plant(hired)
    with on_commit():
        deleted.purge_person(hired)
        deleted.purge_person(Application.everything.get())
    assert left(made)[0] == [*SIGNED]


def test_an_earlier_version_goes_from_beside_a_kept_contract(hired):
    Offer.objects.filter(application=hired).update(version=2)
    Offer.objects.create(company_id=hired.company_id, application=hired, version=1, state="draft")
    deleted.purge_person(hired)
    assert list(hired.offers.values_list("version", "state")) == [(2, "accepted")]


def test_files_of_somebody_else_stay(ann, owner, on_commit):
    other = bring(make_application(ann.job), Stage.OFFER, owner)
    make_offer(other, owner)
    plant(ann)
    kept = plant(other)
    with on_commit():
        deleted.purge_person(ann)
    assert left(kept) == ([*kept], [*kept])


def test_one_place_names_them_all(ann):
    made = plant(ann)
    people = Application.everything.filter(pk=ann.pk)
    assert {row.original_name for row in sent_files.of(people)} == {f"{name}.txt" for name in made}


def test_no_kind_of_file_is_forgotten_here():
    """A new column for a file has to be named in sent_files and planted above."""
    columns = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("hiring").get_models()
        for field in model._meta.local_concrete_fields
        if field.related_model is StoredFile
    }
    of_no_person = {"PeopleImport.table", "PeopleImport.cvs"}  # gone after a day at most
    assert columns - of_no_person == {
        "Application.cv", "Application.letter", "Answer.file", "MessageFile.file", "Offer.signed_file",
        "SignedContract.file",
    }  # fmt: skip
