"""How the trail tells what happened to jobs and applications."""

from django.utils.translation import gettext_lazy as _

from accounts.trail_words import register, register_kind

KINDS = {
    "application": _("Applications"),
    "cv": _("CVs"),
    "interview": _("Interviews"),
    "job": _("Jobs"),
    "note": _("Notes"),
    "offer": _("Offers"),
    "question": _("Questions"),
    "reference": _("References"),
    "requirement": _("Requirements"),
    "scorecard": _("Scorecards"),
    "screen": _("Phone screens"),
}
SENTENCES = {
    "application.received": _("%(who)s sent an application"),
    "application.moved": _("%(who)s moved an application"),
    "application.not_selected": _("%(who)s decided not to go on with an application"),
    "application.told": _("%(who)s had an applicant told"),
    "application.address_corrected": _("%(who)s corrected the e-mail address of an applicant"),
    "application.withdrawn": _("%(who)s withdrew an application"),
    "application.taken_up": _("%(who)s took an application up again"),
    "application.unhired": _("%(who)s undid a hire"),
    "application.undone": _("%(who)s took a step with an application back"),
    "application.name_shown": _("%(who)s looked at the name of an applicant"),
    "application.next_step": _("%(who)s planned the next step of an application"),
    "application.detail_taken_back": _("%(who)s took the plan of a next step back"),
    "application.deleted": _("%(who)s deleted somebody entered by hand"),
    "application.put_back": _("%(who)s put somebody entered by hand back"),
    "application.assigned": _("%(who)s changed who talks to an applicant"),
    "cv.opened": _("%(who)s opened a CV"),
    "cv.marks_taken_back": _("%(who)s took marks on a CV back"),
    "interview.planned": _("%(who)s planned a conversation"),
    "interview.moved": _("%(who)s moved a conversation"),
    "interview.taken_back": _("%(who)s took the time of a conversation back"),
    "interview.cancelled": _("%(who)s cancelled a conversation"),
    "job.drafted": _("%(who)s began to describe a job"),
    "job.changed": _("%(who)s changed a job"),
    "job.published": _("%(who)s published a job"),
    "job.stopped": _("%(who)s stopped taking applications for a job"),
    "job.closed": _("%(who)s closed a job"),
    "job.reopened": _("%(who)s opened a job again"),
    "job.taken_back": _("%(who)s took a change of a job back"),
    "job.deleted": _("%(who)s deleted a job"),
    "job.put_back": _("%(who)s put a deleted job back"),
    "job.purged": _("%(who)s deleted a job for good, its days being over"),
    "job.tests_removed": _("%(who)s removed the test applications of a job"),
    "note.added": _("%(who)s wrote a note"),
    "note.edited": _("%(who)s changed a note"),
    "note.deleted": _("%(who)s deleted a note"),
    "note.put_back": _("%(who)s put a deleted note back"),
    "note.taken_back": _("%(who)s took a note or a change of it back"),
    "offer.sent": _("%(who)s sent an offer"),
    "offer.accepted": _("%(who)s accepted an offer"),
    "offer.declined": _("%(who)s declined an offer"),
    "offer.withdrawn": _("%(who)s withdrew an offer"),
    "offer.signed_outside": _("%(who)s noted that an offer was signed on paper"),
    "offer.taken_back": _("%(who)s took the sending of an offer back"),
    "offer.expired": _("%(who)s let an offer run out"),
    "question.added": _("%(who)s added a question to a job"),
    "question.put_back": _("%(who)s put a question of a job back"),
    "question.removed": _("%(who)s removed a question from a job"),
    "reference.taken_back": _("%(who)s took what a reference said back"),
    "reference.added": _("%(who)s named somebody to ask about an applicant"),
    "reference.removed": _("%(who)s took somebody off the list of referees"),
    "reference.list_taken_back": _("%(who)s took a change of the list of referees back"),
    "reference.called": _("%(who)s wrote down what a reference said"),
    "requirement.added": _("%(who)s added a requirement to a job"),
    "requirement.put_back": _("%(who)s put a requirement of a job back"),
    "requirement.removed": _("%(who)s removed a requirement from a job"),
    "requirement.levelled": _("%(who)s changed how much a requirement counts"),
    "scorecard.saved": _("%(who)s began to fill in a scorecard"),
    "scorecard.taken_back": _("%(who)s took a draft of a scorecard back"),
    "screen.taken_back": _("%(who)s took the notes of a call back"),
    "scorecard.submitted": _("%(who)s handed in a scorecard"),
}


def say():
    for noun, name in KINDS.items():
        register_kind(noun, name)
    for action, sentence in SENTENCES.items():
        register(action, sentence)
