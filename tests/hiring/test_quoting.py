"""What is new in a mail, and what a mail program quoted under it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.quoting import parted

HEADS = [
    "On Mon, 16 Nov 2026 at 09:30, Olga <olga@lumi.example> wrote:",
    "On Mon, 16 Nov 2026 at 09:30, Olga\n<olga@lumi.example> wrote:",
    "ma 16. marrask. 2026 klo 9.30 Olga (olga@lumi.example) kirjoitti:",
    "Den mån 16 nov. 2026 kl 09:30 skrev Olga <olga@lumi.example>:",
    "W dniu 16.11.2026 o 09:30, Olga pisze:",
    "pon., 16 lis 2026 o 09:30 Olga <olga@lumi.example> napisał(a):",
    "Am 16.11.2026 um 09:30 schrieb Olga:",
    "في الاثنين، 16 نوفمبر 2026 كتب Olga:",
    "Olga <olga@lumi.example> 于2026年11月16日周一 写道：",
    "-----Original Message-----",
    "________________________________",
    "From: Olga <olga@lumi.example>\nSent: Monday\nTo: Ada\nSubject: About",
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("quote", ["> When?\n> Olga", "When?\nOlga"])
def test_the_earlier_mail_is_parted_off(head, quote):
    assert parted(f"Tuesday suits me.\n\n{head}\n{quote}\n") == ("Tuesday suits me.", f"{head}\n{quote}")


def test_quoted_lines_alone_are_parted_off_too():
    assert parted("Yes.\n> When?\n>\n> Olga") == ("Yes.", "> When?\n>\n> Olga")


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday suits me.",
        "On Monday I wrote: nothing",
        "> When?\nTuesday.\n> Where?\nHere.",
        "On Mon, Olga wrote:\n> When?\n\nTuesday.",
        "Dear Olga,\n\nFrom: Monday on I am free.",
        "",
    ],
)
def test_what_is_theirs_stays_whole(text):
    assert parted(text) == (text, "")


@given(st.text(alphabet="abc >:-_\n", max_size=200))
def test_nothing_is_lost(text):
    new, quoted = parted(text)
    assert f"{new}\n{quoted}".split() == text.split()
    assert new or not text.strip()
