"""Every private file of an application: what the applicant sent (CV, letter, answers that are files, attachments of
mails) and what was signed (copies from outside, finished contracts). Whatever removes or hands out files asks here.
"""

from django.db.models import Q

from hiring.models import Answer, MessageFile, Offer, SignedContract
from vault.models import StoredFile


def rows(applications):
    """Stored files of these applications (a queryset)."""
    answers = Answer.objects.filter(application__in=applications)
    attached = MessageFile.objects.filter(message__application__in=applications)
    copies = Offer.objects.filter(application__in=applications)
    finished = SignedContract.objects.filter(offer__application__in=applications)
    return StoredFile.objects.filter(
        Q(pk__in=applications.exclude(cv=None).values("cv"))
        | Q(pk__in=applications.exclude(letter=None).values("letter"))
        | Q(pk__in=answers.exclude(file=None).values("file"))
        | Q(pk__in=attached.values("file"))
        | Q(pk__in=copies.exclude(signed_file=None).values("signed_file"))
        | Q(pk__in=finished.exclude(file=None).values("file"))
    )


def of(applications) -> list[StoredFile]:
    """The same, fetched: to be deleted after the applications are."""
    return list(rows(applications).order_by("pk"))
