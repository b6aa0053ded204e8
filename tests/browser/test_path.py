"""From "should I hire?" to a finished first day, as five people, on the product as a user starts it."""

import secrets
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.browser import walker
from tests.browser.walker import PASSWORD, Walker
from tests.readiness.logs import event_log, growing_and_cut
from tests.sample_data import sample


@pytest.fixture
def person(product, new_page):
    """person() -> somebody with a browser of their own."""
    return lambda **options: Walker(product, new_page(**options))


@pytest.fixture
def log_file(tmp_path):
    """The real help-desk log, else one of the same shape and traps."""
    if path := sample("helpdesk_log.csv"):
        return path
    path = tmp_path / "helpdesk_log.csv"
    path.write_bytes(event_log(growing_and_cut()))
    return path


@pytest.fixture
def cv_file(tmp_path):
    from tests.vault import samples

    if path := sample("cv/hrhelper_synthetic.pdf"):
        return path
    path = tmp_path / "cv.pdf"
    path.write_bytes(samples.printed_pdf())
    return path


def today() -> date:
    """Where the founder's browser says it is."""
    return datetime.now(ZoneInfo("Europe/Helsinki")).date()


def test_the_whole_path(person, log_file, cv_file):
    founder = decide_and_publish(person, log_file)
    address = walker.publish(founder)
    apply_and_look_at_the_status(person, founder, address, cv_file)
    manager = invite_the_manager(person, founder)
    through_the_stages(founder, manager)
    sign(person, founder)
    first_day(person, founder, manager)


def decide_and_publish(person, log_file) -> Walker:
    founder = person()
    walker.check(founder)
    assert founder.heading == "Hire part-time now, about 15 hours a week."
    founder.click("Start hiring")
    walker.sign_up(founder, "olga@path.example", shop="Path")
    import_the_log(founder, log_file)
    founder.open("/hiring/start/")
    return founder


def import_the_log(founder, log_file):
    founder.open("/readiness/import/")
    founder.page.set_input_files("input[type=file]", log_file)
    founder.click("Upload")
    founder.click("Count")
    founder.page.locator("main").get_by_text("Weeks").first.wait_for(timeout=60_000)
    counted = founder.page.inner_text("main").replace(",", "")
    assert "3804" in counted or not sample("helpdesk_log.csv")


def apply_and_look_at_the_status(person, founder, address, cv_file):
    applicant = person(width=360, scripts=False)
    walker.apply(applicant, address, "Sara Aalto", cv=cv_file)
    walker.apply(person(), address, "Wei Zhang")
    receipt = founder.mail_link("has arrived", "/my/status/")
    applicant.open(receipt)
    assert applicant.sees("eceived")


def invite_the_manager(person, founder) -> Walker:
    """Under an address that nobody has an account for: one running product serves every walk."""
    address = f"mika.{secrets.token_hex(4)}@path.example"
    manager = walker.invite(founder, person(), "Mika Salo", address, "manager")
    founder.open("/hiring/").click("Customer support")
    founder.page.get_by_label("Mika Salo").check()
    founder.tap(founder.page.locator("form[action$='/members/'] button"))
    return manager


def through_the_stages(founder, manager):
    manager.open("/hiring/").click("Customer support").click("Board", exact=True).click("Start reading")
    manager.key("t").sees("talk to")
    manager.open("/hiring/people/" + first_person(founder))
    walker.talk(manager)
    walker.interview(manager)
    walker.reference(manager)
    page = "/hiring/people/" + first_person(founder)
    manager.open(page).click("On to: Offer").answer_asks()
    walker.write_offer(manager, today().isoformat())
    walker.name_the_shop(founder.open(page))
    manager.open(page).click("Ask for approval")
    founder.open(page).click("Approve", exact=True)
    walker.send_offer(manager.open(page))


def first_person(founder) -> str:
    """The number in the address of the first applicant's page."""
    founder.open("/hiring/").click("Customer support")
    board = founder.page.locator("a[href$='/board/']").first.get_attribute("href")
    founder.open(board.replace("/board/", "/people/"))
    hrefs = [a.get_attribute("href") for a in founder.page.locator("main a[href*='/hiring/people/']").all()]
    return min((href.split("/")[3] for href in hrefs if href.split("/")[3].isdigit()), key=int) + "/"


def sign(person, founder):
    applicant = person(width=360)
    applicant.open(founder.mail_link("ffer", "/my/offer/"))
    applicant.type(name="Sara Aalto").click("Sign and accept")
    assert applicant.sees("Signed by Sara Aalto")


def first_day(person, founder, manager):
    hire = person(width=360, height=740)
    hire.open(founder.mail_link("your first day", "/my/welcome/"))
    assert hire.heading == "Welcome, Sara."
    hire.open(founder.mail_link("invites you", "/my/invitation/"))
    hire.page.locator("input[type=password]").first.fill(PASSWORD)
    hire.click("Come in").open("/")
    assert hire.sees("Your first day. Take your time.")
    manager.open("/onboarding/").click("Sara Aalto")
    finish_the_day(hire, manager)


def finish_the_day(hire, manager):
    """Ticks, gives, reads and writes until nothing is left for today; the manager receives what was given."""
    for _ in range(40):
        hire.open("/onboarding/today/")
        if hire.page.get_by_text("All done for today").count():
            return
        act(hire, manager)
    raise AssertionError(hire.page.inner_text("main"))


def act(hire, manager):
    """The first thing that can be done now: a tick, something given, something to read or to write."""
    tick, give, page = (
        hire.page.locator(f"#today {css}").filter(visible=True)
        for css in (
            ".fh-tick[aria-pressed=false]",
            "form[action$='/give/'] button:not(.btn-primary)",
            ".fh-row-end a.btn",
        )
    )
    if tick.count():
        hire.tap(tick.first)
    elif give.count():
        hire.tap(give.first)
    elif page.count():
        hire.tap(page.first)
        read_or_write(hire, manager)
    else:
        receive(manager)


def read_or_write(hire, manager):
    if hire.page.get_by_role("button", name="I have read it").count():
        hire.click("I have read it")
    elif hire.page.locator("[name=mood]").count():
        hire.tap(hire.page.locator("label:has([name=mood])").first).click("Tell Mika")
    else:
        manager.open("/onboarding/").click("Sara Aalto").click("xpectations", role="link")
        manager.type(body="Read the handbook, answer easy mails, ask whatever is unclear.")
        manager.tap(manager.page.locator("main form button.btn-primary").first)


def receive(manager):
    """The manager's side of what the new hire has given."""
    manager.open("/onboarding/")
    manager.tap(manager.page.locator("form[action$='/receive/'] button").first)
