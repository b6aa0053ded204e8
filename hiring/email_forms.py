"""Bringing in a mail, and the look at what was found in it before anything of it is kept."""

from dataclasses import dataclass, field
from datetime import datetime, time

from django import forms
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from hiring import by_mail, mail_reading
from hiring.apply_forms import PersonForm
from hiring.mailfile import MAX_LETTER, roles
from vault import extraction, files

MOST = 20  # mails at once
MOST_MB = 60  # of all of them
MOST_FILES = 12  # of one mail
LOOK = 24 * 3600  # seconds: as long as the drafts of its files are kept


# -- the mails


class Several(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else []


class MailsField(forms.FileField):
    """Up to 20 files, each with its own sentence when it is refused later on."""

    widget = Several(attrs={"accept": ".eml,message/rfc822", "multiple": True})

    def clean(self, data, initial=None):
        chosen = [super(MailsField, self).clean(file, initial) for file in data or [] if file]
        if len(chosen) > MOST:
            raise forms.ValidationError(_("At most 20 mails at once. Choose the others afterwards."))
        if sum(file.size for file in chosen) > 1_000_000 * MOST_MB:
            raise forms.ValidationError(
                _("Together these mails are larger than 60 MB. Choose fewer at once.")
            )
        return chosen


class BringForm(forms.Form):
    mails = MailsField(
        label=gettext_lazy("Mails as files"),
        help_text=gettext_lazy("Files that end in .eml, up to 20 at once, each up to 25 MB."),
        required=False,
        allow_empty_file=True,  # said in a sentence of its own
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text of one mail"),
        help_text=gettext_lazy(
            "With the lines From, Date and Subject on top if you can. Add the CV on the next page."
        ),
        max_length=200_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self):
        data = self.cleaned_data
        if not self.errors and not data.get("mails") and not data.get("text", "").strip():
            raise forms.ValidationError(_("Choose a mail, or paste its text."))
        return data


# -- what was found


@dataclass
class Facts:
    """What the page has to remember of one mail until it is kept; it travels signed, nothing is stored."""

    mark: str
    subject: str = ""
    sent_at: str = ""
    remarks: list = field(default_factory=list)
    forwarded_by: list | None = None
    first: list = field(default_factory=list)  # name and address as they were found
    files: list = field(default_factory=list)  # [name, token of the draft or "", why it is refused]

    @property
    def at(self):
        return parse_datetime(self.sent_at) if self.sent_at else None

    @property
    def sentences(self) -> list:
        return [mail_reading.REMARKS[code] for code in self.remarks]


def salt(job) -> str:
    return f"hiring.mail:{job.pk}"


def sealed(facts: Facts, job) -> str:
    return signing.dumps(vars(facts), salt=salt(job), compress=True)


def opened(text: str, job) -> Facts | None:
    try:
        return Facts(**signing.loads(text, salt=salt(job), max_age=LOOK))
    except (signing.BadSignature, TypeError):
        return None


def facts_of(found: mail_reading.Found, job) -> Facts:
    """Its files become drafts that nobody sees and that go after a day, unless they are kept."""
    return Facts(
        mark=found.mark,
        subject=found.subject,
        sent_at=found.sent_at.isoformat() if found.sent_at else "",
        remarks=list(found.remarks),
        forwarded_by=list(found.forwarded_by) if found.forwarded_by else None,
        first=[found.name, found.email],
        files=[_draft(name, data, job) for name, data in found.files[:MOST_FILES]],
    )


def _draft(name, data, job) -> list:
    upload = SimpleUploadedFile(name or "file", data)
    shown = name or _("a file without a name")
    try:
        upload.vault_found = files.check(upload)
        return [shown, files.keep_draft(upload, purpose=salt(job), company_id=job.company_id), ""]
    except files.Refused as refused:
        return [shown, "", str(refused)]


class MailForm(PersonForm):
    """One mail as it will be kept, to correct. A CV that came another way can be added."""

    CHOICES = (
        ("cv", pgettext_lazy("what a file is", "CV")),
        ("letter", pgettext_lazy("what a file is", "Letter")),
        ("out", gettext_lazy("Leave it out")),
    )
    PERSON = ("name", "email", "phone", "cover_letter")
    received = forms.DateField(
        label=gettext_lazy("Came on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    receipt = forms.BooleanField(
        label=gettext_lazy("Send them a receipt with their status link"), required=False, initial=True
    )
    skip = forms.BooleanField(label=gettext_lazy("Do not enter this one"), required=False)
    facts = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, facts: Facts, patience=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.mail = facts
        self.patience = patience or mail_reading.Patience()
        del self.fields["cv_text"]
        self.fields["email"].required = False
        self.fields["cover_letter"].label = _("What they wrote")
        self.fields["cover_letter"].widget.attrs["dir"] = self.fields["name"].widget.attrs["dir"] = "auto"
        self.fields["cover_letter"].help_text = _("The text of the mail. Take out what is not theirs.")
        self.fields["cv"].label = _("A CV that is not in the mail")
        self.fields["cv"].purpose = f"cv:{self.job.pk}"
        if facts.forwarded_by:
            self._ask_who()
        for n, (name, token, _why) in enumerate(facts.files):
            if token:
                self.fields[f"file_{n}"] = forms.ChoiceField(
                    label=name, choices=self.CHOICES, widget=forms.RadioSelect
                )

    def _ask_who(self):
        self.fields["right_person"] = forms.BooleanField(
            label=_("Yes, this is who applied, not whoever passed the mail on"),
            error_messages={
                "required": _("Look at name and address, and tick that they are the applicant's.")
            },
        )

    def clean_received(self):
        day, today = self.cleaned_data["received"], timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("This day is still to come."))
        if day < today - mail_reading.OLDEST:
            raise forms.ValidationError(
                _("This is more than a year ago. An application begins with the day it came.")
            )
        return day

    def clean(self):
        data = super().clean()
        chosen = [n for n in self._drafted() if data.get(f"file_{n}") == "cv"]
        if len(chosen) > 1 or (chosen and data.get("cv")):
            self.add_error(f"file_{chosen[-1]}", _("One file can be the CV. Choose what the others are."))
        if not self.errors:
            self._take_files(chosen)
            self._take_letters()
        return data

    def _drafted(self) -> list[int]:
        return [n for n, (_name, token, _why) in enumerate(self.mail.files) if token]

    def _take_files(self, chosen):
        self.drafts = {}
        for n in self._drafted():
            try:
                self.drafts[n] = files.find_draft(self.mail.files[n][1], purpose=salt(self.job))
            except files.Refused as refused:
                if self.cleaned_data[f"file_{n}"] != "out":
                    self.add_error(f"file_{n}", str(refused))
        self.chosen_cv = self.cleaned_data["cv"] or next((self.drafts.get(n) for n in chosen), None)

    def _take_letters(self):
        """A letter that came as a file is kept as its words, so that it is read, found and hidden like any other."""
        for n in self.drafts:
            if self.cleaned_data[f"file_{n}"] == "letter":
                self._add_letter(n)

    def _add_letter(self, n):
        try:
            seconds = self.patience.share(by_mail.LETTER_SECONDS)
            words = by_mail.words_of(self.drafts[n], seconds=seconds)
        except mail_reading.Unreadable:
            self.add_error(
                f"file_{n}", _("Too much at once: this letter was not read yet. Send this page once more.")
            )
            return
        except extraction.Unreadable:
            words = ""
        if not words:
            self.add_error(
                f"file_{n}", _("This file has no text that can be read. Keep it as CV, or leave it out.")
            )
            return
        whole = "\n\n".join(filter(None, [self.cleaned_data["cover_letter"], words]))
        if len(whole) > MAX_LETTER:
            self.add_error(
                f"file_{n}", _("Mail and letter have more than 20,000 characters together. Shorten the text.")
            )
        self.cleaned_data["cover_letter"] = whole

    @property
    def person(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.PERSON}

    @property
    def came(self):
        """The very moment the mail was sent, on the day it says; on another day, noon of that."""
        day, sent = self.cleaned_data["received"], self.mail.at
        if sent and timezone.localtime(sent).date() == day:
            return sent
        noon = datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())
        return min(noon, timezone.now())

    @property
    def unwanted(self) -> list:
        """Drafts that did not become the CV."""
        return [draft for draft in self.drafts.values() if draft is not self.chosen_cv]

    @property
    def file_rows(self) -> list[dict]:
        return [
            {"name": name, "field": self[f"file_{n}"] if token else None, "why": why}
            for n, (name, token, why) in enumerate(self.mail.files)
        ]

    @property
    def when(self) -> str:
        """Why the day is not the mail's own, in a sentence; empty when it is."""
        _moment, code = mail_reading.received(self.mail.at)
        day = {"day": date_format(timezone.localtime(self.mail.at))} if self.mail.at else {}
        return {
            "": "",
            "none": _("The mail does not say when it was sent; today is filled in."),
            "future": _("The mail says %(day)s, which is still to come; today is filled in."),
            "old": _("The mail says %(day)s, more than a year ago; today is filled in. Is it for this job?"),
        }[code] % day


def initial_of(found: mail_reading.Found, facts: Facts, job) -> dict:
    drafted = [n for n, (_name, token, _why) in enumerate(facts.files) if token]
    proposed = roles([facts.files[n][0] for n in drafted])
    return {
        "name": found.name,
        "email": found.email,
        "phone": found.phone,
        "cover_letter": found.letter,
        "received": timezone.localtime(mail_reading.received(found.sent_at)[0]).date(),
        "receipt": True,
        "facts": sealed(facts, job),
    } | {f"file_{n}": role for n, role in zip(drafted, proposed, strict=True)}


def entered_words(n: int) -> str:
    return ngettext("%(n)d person is entered.", "%(n)d people are entered.", n) % {"n": n}
