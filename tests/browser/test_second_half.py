"""From booking to a countersigned contract, as candidate, referee, interviewer, manager and owner."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.browser import walker
from tests.browser.test_path import first_person, invite_the_manager, today
from tests.browser.walker import PASSWORD, Walker

pytestmark = pytest.mark.timeout(540)  # six people, and an interview that has to begin
HELSINKI = ZoneInfo("Europe/Helsinki")
IRIS, MIKA = "I would leave her alone with the inbox", "Good, and a little quick"


@pytest.fixture
def person(product, new_page):
    """person() -> somebody with a browser of their own."""
    return lambda **options: Walker(product, new_page(**options))


@pytest.fixture
def founder(person):
    """Her shop has a job on the air, and one application; `founder.somebody` is the applicant's page."""
    founder = person()
    walker.check(founder).click("Start hiring")
    walker.sign_up(founder, "olga@second.example", shop="Second")
    walker.apply(person(), walker.publish(founder), "Sara Aalto")
    founder.somebody = "/hiring/people/" + first_person(founder)
    return founder


@pytest.fixture
def manager(person, founder):
    return invite_the_manager(person, founder)


@pytest.fixture
def interviewer(person, founder, manager):
    return walker.invite(founder, person(), "Iris Lind", "iris@second.example", "interviewer")


def test_from_booking_to_a_countersigned_contract(person, founder, manager, interviewer):
    read(founder)
    book(founder, person(width=360))
    call(founder)
    both_hand_in(founder, manager, interviewer)
    side_by_side(manager)
    references(founder, manager, person)
    memo(manager, founder)
    link = write_approve_and_send(founder, manager)
    sign_and_countersign(founder, person(width=360).open(link))
    onboarding(manager)


def read(founder):
    founder.open("/hiring/").click("Customer support").click("Board", exact=True).click("Start reading")
    founder.key("t").sees("talk to")


def book(founder, applicant):
    applicant.open(walker.send_times(founder.open(f"{founder.somebody}?panel=phone")))
    assert applicant.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    applicant.tap(applicant.page.locator("button[name=at]").first).sees("This time is yours.")
    assert founder.open(f"{founder.somebody}?panel=phone").sees("Move it")


def call(founder):
    """Earlier than it was booked: they rang themselves, so the time is called off."""
    founder.click("We are talking now").click("Cancel this time")
    walker.talk(founder)
    assert founder.sees("Agree a time")


def both_hand_in(founder, manager, interviewer):
    """Whoever is second sees nothing of the first before."""
    begins = plan_with_both(founder, manager)
    walker.rate(interviewer.open("/hiring/").click("Open the kit"), "5", said=IRIS)
    wait_for(begins, interviewer)
    interviewer.click("Hand in").sees("Your scorecard is in")
    manager.open(f"{founder.somebody}?panel=interview").sees("Colleagues have rated this person.")
    assert IRIS not in manager.page.content()
    walker.rate(manager.click("Open the kit"), "3", said=MIKA)
    assert IRIS not in manager.page.content()
    manager.click("Hand in")
    assert manager.sees(IRIS)


def plan_with_both(founder, manager) -> datetime:
    """An interview that begins with the next minute."""
    begins = (datetime.now(HELSINKI) + timedelta(seconds=80)).replace(second=0, microsecond=0)
    manager.open(f"{founder.somebody}?panel=interview")
    walker.plan(manager, begins, hosts={"Iris Lind", "Mika Salo"})
    assert manager.sees("With: Mika Salo and Iris Lind")
    return begins


def wait_for(moment, somebody):
    left = (moment - datetime.now(HELSINKI)).total_seconds()
    somebody.page.wait_for_timeout(max(0, left + 1) * 1_000)


def side_by_side(manager):
    manager.open("/hiring/").click("Customer support").click("Board", exact=True).click("Side by side")
    assert manager.sees("Iris Lind 5 · Mika Salo 3")


def references(founder, manager, person):
    panel = f"{founder.somebody}?panel=references"
    founder.open(founder.somebody).click("On to: References").answer_asks()
    applicant = person(width=360).open(walker.ask_for_referees(founder.open(panel)))
    walker.name_a_referee(applicant, "Rolf Former", "rolf@boss.example")
    referee = person(width=360).open(walker.ask_in_writing(founder.open(panel), "Sara Aalto"))
    referee.type(know="Two years, as her manager", work="Calm, even in December")
    referee.click("Send it").sees("Your answers have arrived")
    manager.open(panel).click("Read and note it").sees("Calm, even in December")
    manager.page.get_by_label("Good", exact=True).check()
    manager.click("Keep the reference")


def memo(manager, founder):
    manager.open(founder.somebody).click("Decision memo")
    assert manager.sees(f"Iris Lind: Strong yes. {IRIS}")
    assert manager.sees(f"Mika Salo: Strong yes. {MIKA}")


def write_approve_and_send(founder, manager) -> str:
    """The candidate's link."""
    page = founder.somebody
    manager.open(page).click("On to: Offer").answer_asks()
    walker.write_offer(manager, today().isoformat())
    walker.name_the_shop(founder.open(page))
    manager.open(page).click("Ask for approval")
    founder.open(page).click("Approve", exact=True)
    walker.send_offer(manager.open(page), sign_last=True)
    return founder.mail_link("An offer from", "/my/offer/")


def sign_and_countersign(founder, applicant):
    link = applicant.page.url
    applicant.type(name="Sara Aalto").click("Sign and accept").sees("Now Second signs too")
    founder.open(founder.somebody).sees("Your signature is the last one")
    founder.click("Sign and hire").type(password=PASSWORD)  # who signs for a shop is asked for it once more
    founder.click("It is me").sees("First day:")
    kept = walker.contract(founder)
    assert kept.startswith(b"%PDF-")
    assert walker.contract(applicant.open(link)) == kept
    assert applicant.sees("Unchanged since it was signed")
    founder.click("Check this contract")
    assert founder.sees("Unchanged: words, evidence and file")


def onboarding(manager):
    manager.open("/onboarding/").click("Sara Aalto")
    assert manager.heading.startswith("Sara Aalto")
