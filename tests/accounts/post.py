"""Reading the mails that tests caused."""

import re

from mailroom import delivery
from mailroom.models import Mail


def last_mail(address):
    return Mail.objects.filter(recipient=address).latest("pk")


def link_in(mail) -> str:
    """The path of the first link in a mail."""
    return re.search(r"https?://[^/\s]+(/\S*)", delivery.text_of(mail)).group(1)


def invitation_path(address) -> str:
    return link_in(last_mail(address))
