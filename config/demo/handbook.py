"""The handbook of the sample shop: most of the twelve answers, a page of values, and a proposal that waits."""

from datetime import timedelta

from django.utils import timezone

from onboarding import handbook, handbook_proposals, handbook_reading

VALUES = (
    "We sell few things, and they last. So:\n\n"
    "1. **Say what happens next.** People can wait when they know for what.\n"
    "2. **Mend before you replace**, replace before you explain.\n"
    "3. **Nobody here has to be right.** The customer's evening counts more than our rule."
)
ANSWERS = {
    "return_window": "**30 days** from the day the parcel arrived, unused. The box may be open.\n\n"
    "Blankets with a name woven in come back only when they are faulty.\n\n"
    "The money is back within five working days after the parcel is in Turku.",
    "return_postage": "- Faulty, damaged or wrong: **we** pay; the label is behind *Returns* in the shop.\n"
    "- Changed their mind: the **customer** pays, 5.90 EUR inside Finland.",
    "delivery_times": "What is ordered by 12:00 on a working day leaves the same day.\n\n"
    "| Where to | Working days |\n|---|---|\n| Finland | 1–2 |\n| Sweden, Estonia | 2–4 |\n| Rest of the EU | 3–6 |\n\n"
    "In the two weeks before Christmas add two days.",
    "tracking": "1. Open the order in the shop, copy the tracking number.\n2. Paste it on the carrier's page.\n"
    "3. Five working days without news: open a search with the carrier, and tell the customer that you did.\n"
    "4. After ten days it counts as lost. Send a new one.",
    "damaged": "Say sorry first, ask for one photo.\n\nThey choose: a new one at once, or the money. "
    "The torn one stays with them, for the dog.",
    "refund_limit": "Up to **50 EUR** an order you decide alone. Write the reason into the order.",
    "tone": "First name, short sentences, no exclamation marks. First what happens next, then why, then sorry.\n\n"
    "> Hello Jonna, a new blanket leaves today and is with you on Thursday. Keep the torn one for the dog.",
    "who_does_what": "- **Olga**: suppliers, money, everything urgent\n- **Mika**: the warehouse, parcels, photos\n"
    "- **Sara**: every customer's message, from the second week on",
    "opening_hours": "Monday to Friday **9:00–17:00**. An answer comes on the same day until 15:00.",
}
PROPOSED = (
    "Say sorry first, ask for one photo.\n\nThey choose: a new one at once, or the money. "
    "The torn one stays with them, for the dog.\n\nA gift: send the new one to whoever gave it, with a card."
)


def write(shop, *, owner, hire) -> None:
    values = {"shelf": "values", "title": "What matters here", "body": VALUES, "language": "en"}
    page = handbook.create(company=shop, by=owner, **values)
    for key, body in ANSWERS.items():
        handbook.answer(shop, key, by=owner, body=body, language="en", seen=0)
    handbook.skip(shop, "exchanges")
    handbook_reading.ask(page, by=owner, until=timezone.localdate() + timedelta(days=4))
    handbook_reading.mark(handbook.page_of(shop, "tone"), by=hire, number=1)
    damaged = handbook.page_of(shop, "damaged")
    reason = "A customer asked today what happens with a gift, and I did not know."
    handbook_proposals.propose(damaged, by=hire, number=1, title=damaged.label, body=PROPOSED, reason=reason)
