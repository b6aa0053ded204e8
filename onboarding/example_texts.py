"""Model replies for the five situations, and one answer in five tones: invented, no real customer is in them.

The customers here are others than those of the practice replies: who practises should not find the answer beside it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Shipped:
    topic: str
    message: str
    reply: str
    why: str


SHIPPED = {
    "practice_late": Shipped(
        _("The tracking has not moved for four days"),
        _("Hello, the tracking of my order has said “on its way” since Monday. Is it lost?"),
        _(
            "Hello,\n\nit is not lost: the carrier found it yesterday in the wrong depot, and it comes to you by "
            "Friday. I look again on Friday at noon and write to you either way.\n\nI am sorry that you had to ask."
            "\n\nHave a good day"
        ),
        _("The day comes first, then what we do without being asked, then sorry. Nobody has to write again."),
    ),
    "practice_refund": Shipped(
        _("Sent back two weeks too late, worn once"),
        _(
            "I was in hospital and could not send the shoes back in time. I wore them once. Can I still return them?"
        ),
        _(
            "Hello,\n\nI hope you are well again. Our return time is over, so we cannot give the money back for shoes "
            "that were worn. What we can do: a voucher over half the price, or a new sole if it is the fit.\n\nTell me "
            "which one you like, and I do it today.\n\nAll the best"
        ),
        _("A clear no in one sentence, with its reason, and at once two things that we can do."),
    ),
    "practice_damaged": Shipped(
        _("One of six glasses came broken"),
        _("One of the six glasses was in pieces when I opened the box. I need six on Saturday."),
        _(
            "Hello,\n\na new glass leaves today by express, so you have six on Saturday. You pay nothing, and the "
            "broken one can go into the bin.\n\nIf you have a photo of the box, please send it: it helps us to pack "
            "better.\n\nEnjoy your evening"
        ),
        _("The solution before the questions. The photo is asked for, but nothing waits for it."),
    ),
    "practice_angry": Shipped(
        _("Charged twice, and nobody answered the phone"),
        _("You took my money TWICE and nobody picks up the phone. I want this sorted out NOW."),
        _(
            "Hello,\n\nyou are right: the second payment was our mistake. I have sent it back just now, and your bank "
            "shows it within three days.\n\nNobody answered the phone yesterday afternoon, and that must not be. You "
            "can reply to this mail: it comes to me.\n\nI am sorry for the trouble"
        ),
        _("We name the mistake ourselves, say what is done already, and give a person instead of a number."),
    ),
    "practice_address": Shipped(
        _("A wrong house number, and the parcel is on its way"),
        _(
            "I just saw that I typed number 12, and I live at 21. The parcel left this morning. What can I do?"
        ),
        _(
            "Hello,\n\nI have asked the carrier to send it to number 21; they confirm by tonight. If they cannot, it "
            "comes back to us and leaves again the same day, at our cost.\n\nYou need not do anything. I write to you "
            "tomorrow morning.\n\nKind regards"
        ),
        _("It says who does what until when, and also what happens if it goes wrong."),
    ),
}

# One answer, five tones: the parcel is a day late.
TONES = {
    1: _("Your parcel arrives on Thursday, one day late. The carrier had a delay. No action is needed."),
    2: _(
        "Thank you for your message. Your parcel arrives on Thursday, one day later than planned, because the carrier "
        "had a delay. We apologise for the inconvenience."
    ),
    3: _(
        "Thanks for asking! Your parcel comes on Thursday, one day late: the carrier got stuck. Sorry about that. Just "
        "write if it is not there by then."
    ),
    4: _(
        "Thank you for writing, I know how it is to wait for a parcel. Yours had a slow day at the carrier and knocks "
        "on Thursday. I keep an eye on it for you, and I am really sorry that it takes longer."
    ),
    5: _(
        "Oh no, your parcel took the scenic route! The carrier promises it for Thursday, and I will pester them until "
        "it stands at your door. The waiting is on us: sorry, and thank you for being so kind about it!"
    ),
}
