"""The work sample that one person of the sample shop has handed in, and what the manager saw in it."""

from datetime import timedelta

from django.utils import timezone

from hiring import sample_letters, samples, samples_rating, samples_sending
from hiring.models import WorkSample

ASKED, CAME_IN = timedelta(days=4), timedelta(days=2)  # ago
ANSWERS = (
    "Hello Jonna,\n\nthat is the last thing you need before a holiday. A new pole leaves today, by express, so it is "
    "with you tomorrow. It costs you nothing, the express neither. Please send me a photo of the broken one when you "
    "have a minute.\n\nShould it not fit, you get your money back within five working days after the tent is here.\n\n"
    "Have a good week out there\nElsa",
    "Good day Mr Aalto,\n\nour 30 days are over, so I may not decide this alone. I have asked my colleague Robin and "
    "write to you tomorrow, whatever the answer is. Could your daughter find the order number in her mails? With it "
    "we need no receipt.\n\nKind regards\nElsa",
)
RATING = {
    "answered": ["0-0", "0-1", "0-2", "1-0", "1-1"],
    "note": "Says what happens next, and when. Whether there is an M in blue stayed open.",
}
LEVELS = ("4", "5", "5", "4")


def hand_in(application, *, by) -> WorkSample:
    """Sent, written and rated by the product's own verbs; then the days are moved back, and no mail leaves."""
    [sample] = samples_sending.send(application.job, [application], by=by)
    sample_letters.stop(sample)
    sample = samples_sending.finish(sample, answers=ANSWERS, seen=sample.revision)
    levels = dict(zip(samples.KEYS, LEVELS, strict=True))
    samples_rating.save(sample, by=by, values=RATING | levels, submit=True)
    now = timezone.now()
    times = {"sent_at": now - ASKED, "started_at": now - CAME_IN, "finished_at": now - CAME_IN}
    WorkSample.objects.filter(pk=sample.pk).update(undoable={}, undo_until=None, **times)
    return sample
