"""Somebody at a browser: clicks, types, and counts what it took."""

import re

from tests.browser.conftest import Product

PASSWORD = "correct horse battery"


class Walker:
    """One person with a page of their own. `count` is clicks and command keys, `typed` fields, since the last reset."""

    def __init__(self, product: Product, page):
        self.url, self.page, self.count, self.asked, self.typed = product.url, page, 0, 0, 0

    def open(self, path):
        """By address or link in a mail: not counted, nobody types those."""
        self.page.goto(path if path.startswith("http") else self.url + path)
        return self

    def click(self, name, *, role=None, nth=0, exact=False):
        """A button or link by what it says."""
        roles = [role] if role else ["button", "link"]
        found = self.page.get_by_role(roles[0], name=name, exact=exact)
        for other in roles[1:]:
            found = found.or_(self.page.get_by_role(other, name=name, exact=exact))
        return self.tap(found.filter(visible=True).nth(nth))

    def tap(self, locator):
        locator.click()
        self.page.wait_for_load_state()
        self.count += 1
        return self

    def key(self, key):
        self.page.keyboard.press(key)
        self.page.wait_for_load_state()
        self.count += 1
        return self

    def pick(self, group, label):
        """A radio button in the group with this legend."""
        legend = self.page.locator("fieldset").filter(has=self.page.locator("legend", has_text=group)).first
        return self.tap(legend.get_by_label(label, exact=True))

    def type(self, **fields):
        """By the field's name."""
        for name, text in fields.items():
            self.fill(self.page.locator(f"[name='{name}']"), text)
        return self

    def fill(self, locator, text):
        """One field that somebody types into."""
        locator.fill(text)
        self.typed += 1
        return self

    @property
    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    def sees(self, text) -> bool:
        self.page.get_by_text(text).filter(visible=True).first.wait_for()
        return True

    def answer_asks(self):
        """Answers what a move asks with the first chip; each question counts as one asked."""
        while (
            self.page.locator("button[name^=ask_]")
            .or_(self.page.locator("input[name^=ask_][type=radio]"))
            .count()
        ):
            radios = self.page.locator("fieldset:has(input[name^=ask_][type=radio])")
            self.asked += max(radios.count(), 1)
            if radios.count() == 0:
                self.tap(self.page.locator("button[name^=ask_]").first)
                continue
            for fieldset in radios.all():
                self.tap(fieldset.locator("input[type=radio]").first)
            self.click("Move on")
        return self

    def mail_link(self, subject, part):
        """The address that the newest mail with this subject holds: kept mail, as its owner reads it."""
        self.open("/mail/")
        self.page.get_by_role("link", name=subject).first.click()
        return self.page.locator(f".fh-paper a[href*='{part}']").first.get_attribute("href")


def check(founder):
    """The two-minute check, as an overloaded founder answers it."""
    founder.open("/").click("Answer ten questions")
    founder.type(support_hours="25", brand_hours="12", messages_day="60", well_day="40")
    founder.pick("no time to breathe", "Very true").pick("still unanswered", "2-3 days")
    founder.pick("three months ago", "A bit more").pick("ratings and reviews", "The same")
    founder.pick("already help", "No, only me").pick("pay for help", "Yes")
    return see_the_answer(founder)


def see_the_answer(founder):
    """The line above the button first says what it has to say about the last answer."""
    founder.page.wait_for_load_state("networkidle")
    return founder.click("See the answer")


def sign_up(founder, email, shop="Lumi"):
    founder.fill(founder.page.get_by_label("E-mail"), email)
    founder.fill(founder.page.get_by_label("Password"), PASSWORD)
    founder.fill(founder.page.get_by_label("Shop name"), shop)
    return founder.click("Open the account")


def publish(founder) -> str:
    """Fills the blanks of the advert and publishes it; the address to give away."""
    founder.click("Begin")
    founder.type(
        about_company="Wool blankets from Turku, sent to all of Europe.",
        why_us="You will be the first: what you write down becomes the way we do it.",
        pay_min="16",
        pay_max="19",
        city="Turku",
    )
    founder.fill(founder.page.get_by_label("Apply by"), _in_two_weeks())
    founder.click("Publish").click("Publish")
    assert founder.heading == "Live."
    return founder.page.locator("a[href*='/careers/']").first.get_attribute("href")


def _in_two_weeks() -> str:
    from datetime import date, timedelta

    return (date.today() + timedelta(days=14)).isoformat()


def apply(
    applicant, address, name, *, cv=None, text="Three years of answering customers by e-mail and chat."
):
    applicant.open(address.rstrip("/") + "/apply/")
    applicant.type(name=name, email=email_of(name), cover_letter="I like to help, and I write clearly.")
    if cv:
        applicant.page.set_input_files("input[name=cv]", cv)
    else:
        applicant.type(cv_text=text)
    applicant.page.locator("[name^='question-'][value=mo-morning]").check()
    for question in applicant.page.locator("textarea[name^='question-']").all():
        question.fill("Good support says what happens next.")
    applicant.click("Send application")
    assert applicant.heading == "Thank you, your application has arrived."
    return applicant


def email_of(name) -> str:
    return re.sub(r"\W+", ".", name.lower()) + "@applicants.example"


def talk(boss):
    """The three judgements of the phone screen, then on to the interview."""
    for question in ("answer questions directly", "professional and polite", "genuinely interested"):
        boss.pick(question, "Yes")
    return boss.click("Keep the call").click("On to: Interview").answer_asks()


def interview(boss):
    """A rating on every skill, handed in, then on to the references."""
    rate(boss.click("Open the kit"), "4")
    return boss.click("Hand in").click("On to: References").answer_asks()


def rate(interviewer, level, *, said=""):
    """The kit filled in, not handed in: the same level on every skill."""
    for radios in interviewer.page.locator(f"form.fh-kit fieldset:has(input[value='{level}'])").all():
        interviewer.tap(radios.locator("label", has_text=level).first)
    if said:
        interviewer.type(trust=said)
    return interviewer.pick("ecommendation", "Strong yes")


def plan(boss, starts, *, hosts):
    """A talk at this time of the shop's clock, with these colleagues."""
    boss.page.get_by_text("Agree a time").click()
    form = boss.page.locator("form[action$='/interview/']")
    form.locator("[name=starts_at]").fill(f"{starts:%Y-%m-%dT%H:%M}")
    for box in form.locator("[name=hosts]").all():
        box.set_checked(box.evaluate("box => box.labels[0].innerText.trim()") in hosts)
    return boss.click("Keep this time")


def invite(founder, person, name, email, role):
    """`person` is a new page; comes in behind the mailed link."""
    founder.open("/accounts/team/").click("Invite somebody").type(name=name, email=email)
    founder.page.locator("[name=role]").select_option(role)
    founder.click("Send the invitation")
    person.open(founder.mail_link("invites you", "/my/invitation/"))
    person.page.locator("input[type=password]").first.fill(PASSWORD)
    return person.click("Come in")


def send_times(boss) -> str:
    """From the panel of a call; the link as it is mailed."""
    boss.page.get_by_text("Let them choose a time").click()
    boss.click("Send the link").sees("The link leaves for 1 person in ten minutes.")
    return boss.mail_link("Choose a time", "/my/booking/")


def reference(boss):
    boss.tap(boss.page.locator("summary", has_text="Add a referee"))
    boss.page.locator("form[action$='/referees/'] [name='name']").fill("Paula Lehto")
    boss.tap(boss.page.locator("form[action$='/referees/'] button").last).click("Note the call")
    boss.page.get_by_label("The applicant agreed that I call them").check()
    boss.page.locator("[name='overall']").first.select_option("good") if boss.page.locator(
        "select[name='overall']"
    ).count() else boss.tap(boss.page.locator("[name='overall'][value='good']"))
    boss.click("Keep the reference")
    return boss


def ask_for_referees(boss) -> str:
    """From the panel of references; the link as it is mailed."""
    boss.click("Ask for referees").sees("leaves in ten minutes")
    return boss.mail_link("Whom may we ask about you?", "/my/referees/")


def name_a_referee(applicant, name, email):
    applicant.fill(applicant.page.get_by_label("Name").first, name)
    applicant.fill(applicant.page.get_by_label("Their e-mail").first, email)
    applicant.page.get_by_label("You may ask this person about me").first.check()
    applicant.click("Keep", exact=True).sees("Thank you. It is kept")


def ask_in_writing(boss, about) -> str:
    """From the panel of references; the referee's link as it is mailed."""
    boss.click("Ask in writing")
    return boss.mail_link(f"{about} gave us your name", "/my/reference/")


def offer(boss, start: str):
    """An owner writes it, names the shop as it is registered where nobody did yet, and sends it."""
    write_offer(boss, start)
    name_the_shop(boss)
    return send_offer(boss)


def write_offer(boss, start: str):
    boss.click("Write the offer")
    boss.type(
        pay="17.50", start_date=start, place="Turku", benefits="Lunch", terms="Permanent. Notice one month."
    )
    return boss.click("Keep the offer")


def name_the_shop(boss):
    """From the gap of an offer to the shop's details and back."""
    here, gap = boss.page.url, boss.page.get_by_role("link", name="name of the employer")
    if gap.count():
        boss.tap(gap.first).type(legal_name="Wool and Tea Oy").click("Save", exact=True).open(here)
    return boss


def send_offer(boss, *, sign_last=False):
    """Signed for the shop by sending it, or `sign_last`: after the candidate."""
    boss.click("Look it over and send").tap(boss.page.get_by_text("A standard contract is used"))
    if sign_last:
        boss.page.get_by_label("I sign after they have signed").check()
    elif boss.page.locator("[name=signer]").count():
        boss.type(signer="Olga Lind")
    return boss.click("Send the offer")


def contract(somebody) -> bytes:
    """The signed contract, as soon as a worker has made the file."""
    link = somebody.page.get_by_role("link", name="Download as PDF").or_(
        somebody.page.get_by_role("link", name="Download the signed contract")
    )
    for _ in range(60):
        if link.count():
            break
        somebody.page.wait_for_timeout(1_000)
        somebody.page.reload()
    with somebody.page.expect_download() as coming:
        link.first.click()
    return coming.value.path().read_bytes()
