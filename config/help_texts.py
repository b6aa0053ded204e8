"""What the ? of a page says: three sentences, and the page of docs/ for the job. No query."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from config import help_work


@dataclass(frozen=True)
class Help:
    slug: str
    sentences: tuple


# By the name of the address; allauth's names by how they begin.
TEXTS = {
    "landing": ("decide",
        _("Ten questions about your week give a straight answer with its reasons."),
        _("You need no account for that, and what you type stays in this browser."),
        _("Hiring somebody and their first weeks come after it, only when you want them.")),
    "home": ("decide",
        _("This is what waits for you, the oldest first, each with the button that does it."),
        _("The sentence on top says where the shop stands, and the path which step comes next."),
        _("What others look after is not on your list.")),
    "deleted": ("data",
        _("What was deleted lies here for 14 days and can be put back."),
        _("It comes back as it was, with everything that hung on it."),
        _("The erased data of a person is not here: it is gone at once.")),
    "settings": ("go-live",
        _("Everything that is set once stands here."),
        _("Only owners change it; each page says what follows from a change."),
        _("Nothing here is needed before you try things out.")),
    "go_live": ("go-live",
        _("A trial works on this computer only; four things make it real."),
        _("Each is checked by really trying it, and says in a sentence what is missing."),
        _("Send yourself the test mail last: it proves the way out.")),
    "accounts:company": ("go-live",
        _("The registered name and the address stand in contracts and privacy notices."),
        _("Country, currency and time zone decide which rules, money and hours are shown."),
        _("A new web address of your adverts makes links with the old one stop working.")),
    "accounts:lists": ("publish",
        _("The names of tools and places that other pages offer you."),
        _("Rename, hide, order and price them; add what you use."),
        _("Prices marked as quoted are from published advice: change them.")),
    "accounts:look": ("publish",
        _("Your logo and colours stand wherever applicants and new colleagues look."),
        _("Colours that nobody could read are refused, with the reason."),
        _("The example beside the form changes while you choose.")),
    "accounts:team": ("team",
        _("Everybody who may sign in to this shop, with their role."),
        _("Invite people by mail; the link works once."),
        _("Somebody who is removed is signed out everywhere at once, and what they wrote stays.")),
    "accounts:invite": ("team",
        _("The invitation goes to this address and works only for it."),
        _("The role says what the person sees, and you can change it at any time."),
        _("Applicants need no invitation: they get links of their own.")),
    "accounts:member": ("team",
        _("Change what this person may see, or end their access."),
        _("Both work with the very next page they open."),
        _("The last owner cannot be removed.")),
    "accounts:data": ("data",
        _("Take everything along in one file, see what is kept and why, or close the shop."),
        _("Closing leaves two weeks to change your mind; then all is erased but what the law keeps."),
        _("Nothing here is done with a single click.")),
    "accounts:record": ("data",
        _("What is kept of people, what for, how long, and who sees it."),
        _("It is made from what the product really does, so it is never out of date."),
        _("Print it when somebody asks.")),
    "accounts:close": ("data",
        _("What happens when this shop is closed, and when."),
        _("For two weeks you can keep it after all."),
        _("What the law wants kept is listed with its day.")),
    "accounts:member_data": ("data",
        _("What is known about this person, and what the law lets you keep."),
        _("Give them a copy, or plan the day on which it is erased."),
        _("Until that day it can be called off.")),
    "accounts:member_erase": ("data",
        _("Read what goes and what stays: this cannot be taken back."),
        _("Give the person a copy first, if they asked for one."),
        _("What the law wants kept stays until the day that is written beside it.")),
    "accounts:profile": ("team",
        _("Your name as your colleagues and applicants read it."),
        _("Language and time zone change what you see, for nobody else."),
        _("If you signed in somewhere you do not trust, end all other sign-ins here.")),
    "accounts:switch": ("team",
        _("You belong to more than one shop; choose the one to work in."),
        _("Nothing ever crosses from one shop to another."),
        _("Your role may differ from shop to shop.")),
    "accounts:no_company": ("team",
        _("You have an account and no shop yet."),
        _("Open one here, or ask the shop that invited you for a new link."),
        _("Country, currency and zone are guessed; change what is wrong.")),
    "accounts:trail": ("data",
        _("Who did what, and when, newest first."),
        _("It holds which fields changed and never what stood in them."),
        _("Nobody can change or delete a line, not even an owner.")),
    "account_": ("team",
        _("Your sign-in: address, password, and a second step if you want one."),
        _("A code from an app or a passkey keeps others out even when they know the password."),
        _("After a change every other sign-in of yours ends.")),
    "mfa_": ("team",
        _("A second step at sign-in keeps others out even when they know the password."),
        _("Keep the recovery codes on paper: each opens the door once."),
        _("A passkey is the quickest, and cannot be given away by mistake.")),
    "mailroom:sent": ("mail",
        _("Every message that left or will leave, with its state."),
        _("What failed stands at the top of your home page until somebody sees to it."),
        _("On a trial nothing leaves, and the links inside can be followed here.")),
    "mailroom:told": ("mail",
        _("For each kind of thing: a mail at once, one in the morning with everything, or none."),
        _("The morning mail leaves out what is done or seen by then."),
        _("Each member of the team chooses for themselves.")),
    "mailroom:new": ("mail",
        _("What happened that concerns you, the newest first."),
        _("Grey means that somebody has seen to it already."),
        _("What waits for you stands on the first page, whether you have looked here or not.")),
    "find": ("team",
        _("Type the beginning of a word: of a name, an e-mail, a job or a page."),
        _("You find what you may see, and nothing of another shop."),
        _("On a keyboard / opens the search on every page.")),
    "mailroom:mail": ("mail",
        _("One message, as the other side reads it."),
        _("Its text is dropped 30 days after it was sent; that it was sent stays."),
        _("If it failed, correct the address at the person and try again.")),
    "readiness:home": ("decide",
        _("Your answers to whether it is time to hire, the newest first."),
        _("Ask again when the week changes: each answer keeps the numbers it came from."),
        _("An imported log of tickets makes the next answer more exact.")),
    "readiness:check": ("decide",
        _("Ten questions; a rough number is fine, and every one may stay open."),
        _("The line at the bottom speaks as soon as it can say something."),
        _("What you leave open is never filled in for you.")),
    "readiness:answer": ("method",
        _("The sentence on top is the advice; firm means that no open answer could change it."),
        _("Your own numbers are the reasons, and something always speaks against it."),
        _("The folds show how it was computed and where it would tip.")),
    "readiness:show": ("method",
        _("The sentence on top is the advice; firm means that no open answer could change it."),
        _("Your own numbers are the reasons, and something always speaks against it."),
        _("The folds show how it was computed and where it would tip.")),
    "readiness:costs": ("costs",
        _("Three numbers from you give what a month of help costs and when it pays."),
        _("Every other number is a default with its source, and you can change each."),
        _("Everything you typed is in the address of this page: keep it, or send it.")),
    "readiness:step": ("method",
        _("One of four short pages that make the answer firmer."),
        _("Fill in what you know; nothing here is needed."),
        _("Numbers you can look up count more than what you remember.")),
    "readiness:upload": ("decide",
        _("Drop the export of your help desk, and counted weeks replace remembered ones."),
        _("Only times and case numbers are read; names and texts of customers are not."),
        _("The file itself is deleted as soon as it is counted.")),
    "readiness:columns": ("decide",
        _("Say which column holds the case and which the day it came in."),
        _("The preview shows what we would read, so that a wrong guess is seen at once."),
        _("Lines that cannot be true are left out and listed, never repaired.")),
    "readiness:import": ("decide",
        _("What was counted in your log, week by week."),
        _("Weeks that were cut off at either end are left out."),
        _("Delete the import, and the answer goes back to what you typed.")),
} | help_work.TEXTS  # fmt: skip
BY_BEGINNING = ("account_", "mfa_")


def named(name) -> Help | None:
    """The help for the address with this name; None where a page has none."""
    key = next((beginning for beginning in BY_BEGINNING if name.startswith(beginning)), name)
    if key not in TEXTS:
        return None
    slug, *sentences = TEXTS[key]
    return Help(slug, tuple(sentences))


def of(request) -> Help | None:
    """The help for the page that is shown; `/` is another page for strangers."""
    match = getattr(request, "resolver_match", None)
    name = (match.view_name or "") if match else ""
    if name == "home" and getattr(request, "membership", None) is None:
        name = "landing"
    return named(name)
