"""What hiring keeps of people (vault.keep)."""

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts import closing, data_pages
from hiring import (
    import_result,
    keeping_memos,
    keeping_messages,
    keeping_offers,
    keeping_references,
    keeping_scheduling,
    keeping_signatures,
    models,
    retention,
    sent_files,
    subjects,
    wishes,
)
from vault import erasing, exports, keep
from vault.models import StoredFile

WITH_JOB = _("as long as the company keeps the job")
WITH_APPLICATION = _(
    "after the decision as long as the country's law lets a refused applicant complain; "
    "longer where the applicant agreed to it"
)
ABOUT_APPLICANT = {"retention": WITH_APPLICATION, "export": True, "erase": "delete"}
OF_THE_APPLICATION = ABOUT_APPLICANT | {"of": {"candidate": "application__candidate"}}
OF_THE_JOB = {"retention": WITH_JOB, "export": False, "erase": "keep", "of": {}}
CHOOSE = _("Choose somebody for a role")
NO_WORDS = "-"  # a contract that was sent has words and a sum; erased, it has these


def register() -> None:
    keep.seen_by("hiring", _("Owners; managers of the job; interviewers who were asked to meet the person"))
    names = {"application": models.Application, "offer": models.Offer, "interview": models.Interview}
    names |= {"placement": models.Placement, "stale": models.StageLimit}
    names["pool_invitation"] = models.PoolInvitation
    names["sample"] = models.WorkSample
    names["booking"] = models.Booking
    names["referee"] = models.Referee
    names["reference"] = models.WrittenReference
    for word, model in (names | {"candidate": models.Candidate}).items():
        keep.called(word, model)
    _jobs()
    _applicants()
    _same_people()
    _for_later()
    _imports()
    _history()
    keeping_signatures.register()
    keeping_offers.register(OF_THE_APPLICATION)
    _judgements()
    _interviews()
    keeping_scheduling.register(OF_THE_APPLICATION)
    _samples()
    keeping_messages.register(OF_THE_APPLICATION)
    keeping_references.register(OF_THE_APPLICATION)
    keeping_memos.register(OF_THE_APPLICATION)
    keep.tie(StoredFile, "candidate", _files)
    keep.oblige(StoredFile, keeping_signatures.FILES_LAW)
    keep.oblige(StoredFile, keep.Law(_signed_files, retention.CONTRACT_WHY, retention.file_until))
    data_pages.add("hiring:leaving", _("Who goes when"), _("Whose time is over, and on which day they go."))
    closing.kept.append(retention.kept_by_law)
    exports.on_ready["candidate"] = [wishes.copy_ready]
    erasing.subjects["candidate"] = erasing.Subject(models.Candidate, lock=subjects.lock, end=subjects.end)


def _jobs():
    keep.register(
        models.Job,
        purpose=_("Describe and advertise an open role"),
        **OF_THE_JOB,
        plain=[
            "city", "region", "good_at", "also_helps", "summary", "about_company", "responsibilities", "why_us",
            "how_to_apply", "benefits",
        ],
    )  # fmt: skip
    keep.register(
        models.JobTemplate,
        purpose=_("Begin another role with words that are written already"),
        retention=_("until somebody deletes it"),
        export=False,
        erase="keep",
        of={},
        plain=["name", "content"],
    )
    keep.register(models.JobMember, purpose=_("Say who works on which role"), **OF_THE_JOB)
    keep.register(
        models.Placement,
        purpose=_(
            "Note where an advert was posted; count how often it was opened from there, without saying by whom"
        ),
        **OF_THE_JOB,
    )
    keep.register(
        models.CareersSite,
        purpose=_("Describe the shop above its open roles"),
        retention=_("as long as the shop"),
        export=False,
        erase="keep",
        of={},
        plain=["about"],
    )
    keep.register(
        models.StageLimit, purpose=_("Say when somebody waits too long, and who is told"), **OF_THE_JOB
    )
    asks = _("Say what a role asks for")
    keep.register(models.Requirement, purpose=asks, **OF_THE_JOB, plain=["text", "questions"])
    keep.register(models.RequirementVersion, purpose=asks, **OF_THE_JOB, plain=["reason"])
    keep.register(models.Question, purpose=_("Ask applicants for one role"), **OF_THE_JOB, plain=["text"])


def _applicants():
    keep.register(
        models.Candidate,
        purpose=_("Group a person's applications"),
        retention=WITH_JOB,
        export=True,
        erase="keep",
        because=_("A number, so that your counts stay right."),
        of={"candidate": "pk"},
    )
    keep.register(
        models.Application,
        purpose=CHOOSE,
        retention=WITH_APPLICATION,
        export=True,
        erase="blank",
        of={"candidate": "candidate"},
        personal=[
            "name", "email", "phone", "cover_letter", "cv_text", "adjustments", "search", "sort_name",
            "next_step",
        ],
        plain=["reason"],
        blank={
            "submission_key": None, "keep_longer_until": None, "cv": None, "erased_at": Now(), "undoable": {},
            "words_due": False, "keys_due": False, "letter": None, "corrected": [],
        },
        hidden=[
            "search", "sort_name", "submission_key", "cv", "letter", "corrected", "erased_at", "words_due", "keys_due",
        ],
    )  # fmt: skip
    _besides()


def _besides():
    """What hangs on an application."""
    keep.register(
        models.Answer,
        purpose=CHOOSE,
        **OF_THE_APPLICATION,
        personal=["text"],
        hidden=["kind", "value", "file"],  # the words say it; a file lies beside them
    )
    keep.register(
        models.Consent,
        purpose=_("Prove what an applicant agreed to, in which words, and from when to when"),
        **OF_THE_APPLICATION,
        plain=["text"],
    )
    keep.register(
        models.SearchText,
        purpose=_("Find applicants by what they wrote"),
        **OF_THE_APPLICATION | {"export": False},
        personal=["words"],
        withheld=_("The words of the application once more, without accents."),
    )
    keep.register(models.Assignment, purpose=_("Say who may see which applicant"), **OF_THE_APPLICATION)


def _imports():
    keep.register(
        models.PeopleImport,
        purpose=_("Bring people who applied to the shop elsewhere into one list"),
        retention=_("the files until they are brought in, at most a day; the counts as long as the job"),
        export=False,
        erase="keep",
        of={},
        plain=["name"],
    )
    keep.register(
        models.ImportedLine,
        purpose=_("Say what became of each line of such a file, and take it back"),
        retention=_("the words of those who were not brought in for 14 days"),
        export=False,
        erase="blank",
        of={"candidate": ["application__candidate", import_result.naming]},
        personal=["cells", "cv_name"],
        blank={"application": None, "cv_code": ""},
        withheld=_("On which line of the shop's file you stood."),
    )


def _same_people():
    keep.register(
        models.PersonKey,
        purpose=_("Notice that somebody has applied before"),
        **OF_THE_APPLICATION | {"export": False},
        personal=["email_key", "phone_key", "name_key"],
        withheld=_(
            "The address, the phone number and the name of the application once more, in one spelling."
        ),
    )
    keep.register(
        models.SamePerson,
        purpose=_("Ask a person whether two applications are of one person"),
        **ABOUT_APPLICANT | {"export": False},
        of={"candidate": ["first__candidate", "second__candidate"]},
        withheld=_("It would tell about somebody else, where the two are not one person."),
    )
    several = _("Do one thing with several applicants, and take it back")
    keep.register(
        models.Bulk, purpose=several, retention=_("a day as a draft; done, as long as the job"), export=False,
        erase="keep", of={},
    )  # fmt: skip
    keep.register(models.BulkItem, purpose=several, **OF_THE_APPLICATION | {"export": False}, plain=["why"])


def _for_later():
    for_later = {"purpose": _("Tell people who agreed to be kept of other jobs"), **OF_THE_APPLICATION}
    keep.register(models.PoolNote, **for_later, personal=["text", "tag_words"])
    keep.register(models.PoolInvitation, **for_later)


def _files(pk):
    return sent_files.rows(models.Application.everything.filter(candidate=pk))


def _signed_files(rows):
    signed = retention.signed(models.Offer.objects.filter(signed_file__in=rows.values("pk")))
    return rows.filter(pk__in=signed.values("signed_file"))


def _history():
    keep.register(
        models.StageMove,
        purpose=_("Show how a decision came about; count how long hiring takes"),
        retention=_("the words as long as the application, the dates as long as the job"),
        export=True,
        erase="blank",
        of={"candidate": "application__candidate"},
        personal=["text"],
        plain=["reason"],
    )
    keep.register(
        models.Offer,
        purpose=_("Offer a contract, and prove what was agreed"),
        retention=_("a refused offer as the application; a signed one as long as the country's law says"),
        export=True,
        erase="blank",
        of={"candidate": "application__candidate"},
        personal=[
            "answer_note", "signed_name", "signed_address", "signed_agent", "terms", "checked_who",
        ],
        plain=[
            "decline_reason", "benefits", "description", "contract_text", "notice", "working_days",
            "collective_agreement", "training", "social_security", "conditions",
        ],
        blank={
            "decline_reason": "",
            "contract_text": NO_WORDS, "contract_sha256": NO_WORDS, "benefits": "", "description": "",
            "place": "", "pay": None, "start_date": None, "signed_outside": True, "signed_file": None, "notice": "",
            "working_days": "", "collective_agreement": "", "training": "", "social_security": "", "conditions": "",
            "not_apply": [], "condition_codes": [], "end_date": None,
            "probation_months": None, "leave_days": None, "checked_on": None,
        },
        hidden=["signed_file"],
        law=keep.Law(retention.signed, retention.CONTRACT_WHY, retention.contract_until),
    )  # fmt: skip


def _judgements():
    judging = {"purpose": _("Judge every applicant by the same questions"), **OF_THE_APPLICATION}
    keep.register(models.Note, **judging, personal=["text"])
    keep.register(models.CvCheck, **judging)
    keep.register(models.TypingMark, **judging, personal=["quote"])
    _reading()
    keep.register(
        models.PhoneScreen,
        **judging,
        personal=["direct_note", "polite_note", "interested_note", "notes", "hours_note", "plans_note"],
        hidden=["covered"],
    )
    keep.register(
        models.Scorecard, **judging, personal=["trust"], shown=lambda rows: rows.exclude(submitted_at=None)
    )
    keep.register(
        models.Rating,
        **judging | {"of": {"candidate": "scorecard__application__candidate"}},
        personal=["note"],
        shown=lambda rows: rows.exclude(scorecard__submitted_at=None),
    )


def _reading():
    keep.register(
        models.ReadingTime,
        purpose=_("Tell whoever reads CVs, and nobody else, how long it takes and whether they hurry"),
        **OF_THE_APPLICATION | {"export": False},
    )
    keep.register(
        models.ReadingLease,
        purpose=_("Give two people who read at once different CVs"),
        **OF_THE_APPLICATION | {"export": False, "retention": _("three minutes after a page was left")},
    )
    keep.register(
        models.ReadingHabit,
        purpose=_("Remember one's own pace of reading, and that one knows the keys"),
        retention=_("as long as somebody is in the team"),
        export=True,
        erase="delete",
        of={"member": "member"},
    )


def _interviews():
    judging = {"purpose": _("Judge every applicant by the same questions"), **OF_THE_APPLICATION}
    keep.register(models.Interview, **judging, personal=["place"])
    keep.register(
        models.InterviewHost, **judging | {"of": {"candidate": "interview__application__candidate"}}
    )


def _samples():
    keep.register(
        models.SampleText,
        purpose=_("Say what work sample a role asks for"),
        **OF_THE_JOB,
        plain=["shop", "policy", "message_1", "points_1", "message_2", "points_2"],
    )
    judging = {"purpose": _("Judge every applicant by the same piece of work"), **OF_THE_APPLICATION}
    keep.register(
        models.WorkSample,
        **judging,
        personal=["answer_1", "answer_2"],
        hidden=["started_at", "batch"],  # nobody looks at the applicant's time
        shown=lambda rows: rows.exclude(finished_at=None),  # until then it is theirs alone
    )
    keep.register(
        models.SampleRating,
        **judging | {"of": {"candidate": "sample__application__candidate"}},
        personal=["note"],
        plain=["next_step"],
        shown=lambda rows: rows.exclude(submitted_at=None),
    )
