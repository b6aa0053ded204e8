"""Where each Undo is posted; empty when there is nothing (any more) to take back."""

from django.urls import reverse

from accounts import notices, undoing
from hiring import talks


def person_address(application, mark) -> str:
    return notices.marked(reverse("hiring:take_back", args=[application.pk]), mark)


def job_address(job, mark) -> str:
    return notices.marked(reverse("hiring:job_take_back", args=[job.pk]), mark)


def talk_address(interview, member) -> str:
    return notices.marked(
        reverse("hiring:interview_take_back", args=[interview.pk]), talks.offered(interview, member)
    )


def booking_address(booking, mark) -> str:
    return notices.marked(reverse("hiring:booking_put_back", args=[booking.pk]), mark)


def offer_address(offer, member) -> str:
    mark = undoing.offered(offer, "sent", member)
    return notices.marked(reverse("hiring:offer_take_back", args=[offer.pk]), mark)


def written_address(written, member) -> str:
    mark = undoing.offered(written, "sent", member)
    return notices.marked(reverse("hiring:reference_ask_take_back", args=[written.pk]), mark)


def call_address(referee, mark) -> str:
    return notices.marked(reverse("hiring:reference_take_back", args=[referee.pk]), mark)
