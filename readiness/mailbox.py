"""A mailbox file (mbox, as mail programs export it) read as conversations: when asked, when answered, about what.

Standard library and vault.folding only. Bodies are passed over line by line and never kept; of the headers stay
times, who wrote (as one's own or not), and the subject without its prefixes. What is shown of subjects has no
numbers, no addresses and no names of the people who wrote. Sources: RFC 4155 (mbox), RFC 5322
(threads: Message-ID, In-Reply-To, References), RFC 3834 (what machines send).
"""

import datetime
import re
from collections import Counter
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from statistics import median

from vault.folding import fold
from vault.tablefile import Unreadable

MOST_HEADER = 64 * 1024  # bytes of one message's headers; what is longer is not read on
MOST_IDS = 50  # of one References header
OLDEST_YEAR = 1990
SAME_SUBJECT_WITHIN = datetime.timedelta(days=30)
REPEATED_FROM = 3
SHOWN_SUBJECTS = 5
ASKED_BY = 2  # different people: what one person writes again and again may be about that person
MOST_MAILS = 300_000
KEPT_WRONG = 500
HIDDEN = "…"

# What mail programs put before a subject that is answered or forwarded, in our languages and those near.
PREFIX = re.compile(
    r"^\s*(?:\[[^\]]{1,40}\]\s*)?(?:re|fw|fwd|aw|wg|vs|vl|sv|vb|odp|pd|tr|rv|rif|antw|"
    r"رد|إعادة توجيه|回复|答复|转发|回覆)\s*(?:\[\d+\]|\(\d+\))?\s*[:\uff1a]",
    re.IGNORECASE,
)
NUMBER = re.compile(r"#?\d[\d\-/.]*")
ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
RUN_OF_HIDDEN = re.compile(r"(?:…[\s,.:;]*)+…")
MACHINES = re.compile(
    r"^(?:no|do[._-]?not)[._-]?reply|^mailer-daemon|^postmaster|^bounces?\b|^notifications?\b"
)


@dataclass(slots=True)
class Message:
    """What is kept of one mail. `at` is a local time of the shop; `ids` its own id first, then those it answers;
    `names` the (address, name) of those who have one."""

    at: datetime.datetime
    sender: str
    recipients: tuple
    subject: str
    ids: tuple
    machine: bool
    names: tuple = ()


@dataclass(slots=True)
class Conversation:
    """`began`: the customer's first mail; `answered`: one's first reply; `ended`: one's last, if nobody wrote after;
    `subject` is free of people, and `who` a hash of the customer's address."""

    began: datetime.datetime
    subject: str
    answered: datetime.datetime | None = None
    ended: datetime.datetime | None = None
    who: int = 0


@dataclass
class Box:
    """The mails of a file, and how many could not be used, by reason: no_date, impossible_date, no_sender.

    `rejected`: the first of those, as [line on which the mail begins, reason, ""].
    """

    messages: list = field(default_factory=list)
    left_out: Counter = field(default_factory=Counter)
    rejected: list = field(default_factory=list)

    def refuse(self, line, reason):
        self.left_out[reason] += 1
        if len(self.rejected) < KEPT_WRONG:
            self.rejected.append([line, reason, ""])


def read(stream, *, zone, latest, tick=None) -> Box:
    """Everything of a binary stream of lines; memory grows with the number of mails, not with their length.

    `zone` and `latest` as in ticketlog.read. `tick(bytes read)` is called now and then and may raise to stop.
    Raises Unreadable("no_mailbox") when the file does not begin like one, "too_many_mails", and "nothing_left"
    without a usable mail.
    """
    box, parser, done = Box(), BytesHeaderParser(), 0
    for head, size, line in _heads(stream):
        done += size
        _take(box, parser.parsebytes(head), zone, latest, line)
        if len(box.messages) > MOST_MAILS:
            raise Unreadable("too_many_mails")
        if tick and (len(box.messages) + box.left_out.total()) % 500 == 0:
            tick(done)
    if not box.messages:
        raise Unreadable("nothing_left")
    return box


def _heads(stream):
    """(header lines, bytes of the whole mail, its first line's number) one after the other. A mail begins at "From "
    after an empty line."""
    head, size, in_head, blank, began = None, 0, False, True, 0
    for number, line in enumerate(stream, 1):
        if blank and line.startswith(b"From "):
            if head is not None:
                yield b"".join(head), size, began
            head, size, in_head, kept, began = [], 0, True, 0, number
        elif head is None:
            if line.strip():
                raise Unreadable("no_mailbox")
            continue
        blank = not line.strip()
        size += len(line)
        if in_head and blank:
            in_head = False
        elif in_head and not line.startswith(b"From ") and kept < MOST_HEADER:
            head.append(line[:MOST_HEADER])
            kept += len(line)
    if head is None:
        raise Unreadable("no_mailbox")
    yield b"".join(head), size, began


def _take(box, head, zone, latest, line):
    at = _moment(head["Date"], zone)
    sender = _people(head.get_all("From", ()))
    if at is None:
        box.refuse(line, "no_date")
    elif at.year < OLDEST_YEAR or at > latest:
        box.refuse(line, "impossible_date")
    elif not sender:
        box.refuse(line, "no_sender")
    else:
        box.messages.append(_message(head, at, sender))


def _message(head, at, sender):
    others = _people([*head.get_all("To", ()), *head.get_all("Cc", ())])
    address = sender[0][1]
    return Message(
        at=at,
        sender=address,
        recipients=tuple(to for _, to in others),
        subject=plain_subject(_decoded(head["Subject"])),
        ids=_ids(head),
        machine=_by_machine(head, address),
        names=tuple((to, _decoded(name)[:80]) for name, to in sender + others if name),
    )


def _moment(text, zone):
    """Local time of the shop. A mail that names no zone ("-0000") is taken as UTC."""
    try:
        when = parsedate_to_datetime(str(text))
        return (
            (when if when.tzinfo else when.replace(tzinfo=datetime.UTC)).astimezone(zone).replace(tzinfo=None)
        )
    except (TypeError, ValueError, OverflowError):
        return None


def _people(values) -> list:
    """(name, address) of each."""
    try:
        found = getaddresses([str(value) for value in values])
    except RecursionError:  # brackets within brackets, thousands deep
        return []
    return [(name, address.lower()) for name, address in found if "@" in address]


def _decoded(value) -> str:
    try:
        return str(make_header(decode_header(str(value or ""))))
    except (LookupError, ValueError, HeaderParseError):
        return str(value)


def _ids(head) -> tuple:
    """Its own first, then what it answers, the nearest last in References: all belong to one thread."""
    own = re.findall(r"<[^<>\s]+>", str(head["Message-ID"] or ""))[:1]
    answered = re.findall(r"<[^<>\s]+>", f"{head['References'] or ''} {head['In-Reply-To'] or ''}")
    return tuple(hash(each) for each in own + answered[-MOST_IDS:])


def _by_machine(head, sender) -> bool:
    """Newsletters, receipts, out-of-office notes: nobody waits for an answer to them."""
    if (
        str(head["Auto-Submitted"] or "no").strip().lower() != "no"
        or head["List-Id"]
        or head["List-Unsubscribe"]
    ):
        return True
    return str(head["Precedence"] or "").strip().lower() in {"bulk", "list", "junk"} or bool(
        MACHINES.match(sender)
    )


def plain_subject(text) -> str:
    """Without "Re:" and its like, on one line, at most 200 characters."""
    text = " ".join(text.split())
    while match := PREFIX.match(text):
        text = text[match.end() :].lstrip()
    return text[:200]


def own_addresses(messages) -> set:
    """The address that both writes and is written to by the most different people: the shop's own."""
    wrote_to, written_by = {}, {}
    for message in messages:
        wrote_to.setdefault(message.sender, set()).update(message.recipients)
        for address in message.recipients:
            written_by.setdefault(address, set()).add(message.sender)
    both = {
        address: len(wrote_to[address] | written_by[address])
        for address in wrote_to.keys() & written_by.keys()
    }
    most = max(both.values(), default=0)
    return {address for address, people in both.items() if people == most} if most > 1 else set()


def conversations(messages, *, own) -> list[Conversation]:
    """What customers began, oldest first. What one began oneself, and what machines sent, are none."""
    found = []
    for thread in _threads(sorted(messages, key=lambda message: message.at), own):
        first = thread[0]
        if first.sender in own or first.machine:
            continue
        mine = [message.at for message in thread if message.sender in own and not message.machine]
        theirs = [message.at for message in thread if message.sender not in own and not message.machine]
        answered = next((at for at in mine if at >= first.at), None)
        ended = mine[-1] if mine and mine[-1] >= theirs[-1] else None
        subject = without_people(first.subject, _names(thread, own))
        found.append(Conversation(first.at, subject, answered, ended, hash(first.sender)))
    return found


def _names(thread, own) -> set:
    """The words of the names and addresses of everybody in it but oneself, folded."""
    named = {(address, name) for message in thread for address, name in message.names if address not in own}
    wrote = {message.sender for message in thread} - own
    words = {word for _, name in named for word in fold(name).split()}
    words |= {word for address in wrote for word in fold(address.partition("@")[0]).split() if len(word) > 2}
    return words


def without_people(subject, names) -> str:
    """A subject whose numbers, addresses and names (a set of folded words) give way to a mark."""
    subject = NUMBER.sub(HIDDEN, ADDRESS.sub(HIDDEN, subject))
    subject = WORD.sub(lambda word: HIDDEN if set(fold(word[0]).split()) & names else word[0], subject)
    return RUN_OF_HIDDEN.sub(HIDDEN, subject)


def _threads(ordered, own) -> list:
    """By the ids mails name; a mail that names none joins what has its subject with the same person lately."""
    threads, by_id, by_subject = [], {}, {}
    for message in ordered:
        thread = next((by_id[each] for each in message.ids if each in by_id), None)
        key = (_others(message, own), message.subject.casefold())
        if thread is None and len(message.ids) < 2:
            near = by_subject.get(key)
            thread = near if near and message.at - near[-1].at <= SAME_SUBJECT_WITHIN else None
        if thread is None:
            threads.append(thread := [])
        thread.append(message)
        by_subject[key] = thread
        by_id.update(dict.fromkeys(message.ids, thread))
    return threads


def _others(message, own) -> frozenset:
    return frozenset({message.sender, *message.recipients} - own)


def cases(found) -> list:
    """(began, ended or None) as readiness.measured counts them."""
    return [(each.began, each.ended) for each in found]


def first_reply_hours(found) -> float | None:
    """Median hours until the first answer, of those that got one; None when none did."""
    waits = [(each.answered - each.began).total_seconds() / 3600 for each in found if each.answered]
    return median(waits) if waits else None


def repeated(found) -> tuple[float, list]:
    """(share of conversations whose subject comes at least three times, [(subject, count)] of the five most that
    different people asked).

    Numbers and names do not count: "Order 1001 late" and "Order 2002 late" are one subject. The wording shown is the
    one written most often.
    """
    groups = {}
    for each in found:
        if key := fold(NUMBER.sub(" ", each.subject)):
            wordings, people = groups.setdefault(key, (Counter(), set()))
            wordings[NUMBER.sub(HIDDEN, each.subject)] += 1
            people.add(each.who)
    many = [group for group in groups.values() if group[0].total() >= REPEATED_FROM]
    share = sum(wordings.total() for wordings, _ in many) / len(found) if found else 0.0
    several = [wordings for wordings, people in many if len(people) >= ASKED_BY]
    ordered = sorted(several, key=lambda wordings: (-wordings.total(), min(wordings)))
    return share, [(_usual(wordings), wordings.total()) for wordings in ordered[:SHOWN_SUBJECTS]]


def _usual(wordings) -> str:
    return min(wordings, key=lambda text: (-wordings[text], text))
