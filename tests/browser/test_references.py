"""References from end to end: named and answered behind links, read side by side, explained by the applicant."""

import re

import pytest

from tests.browser import walker
from tests.browser.walker import Walker


@pytest.fixture
def owner(product, new_page):
    """A new shop with somebody entered by hand; `owner.person` is the address of their page."""
    person = Walker(product, new_page())
    walker.sign_up(person.open("/accounts/signup/"), "olga@references.example", shop="Reference shop")
    person.open("/hiring/").click("Begin")
    job = re.search(r"/hiring/jobs/\d+/", person.page.url).group()
    person.open(f"{job}people/add/").type(name="Ada Lind", email="ada@mail.example")
    person.page.locator("form[data-upload] button").last.click()
    person.page.wait_for_url(re.compile(r"/hiring/people/\d+/$"))
    person.person = person.page.url
    return person


def open_references(owner):
    return owner.open(f"{owner.person}?panel=references")


def test_named_and_answered_behind_links_then_weighed_side_by_side(owner, product, new_page):
    claim = owner.open(f"{owner.person}?panel=phone")
    claim.tap(claim.page.locator("summary", has_text="Note a claim to check"))
    claim.type(quote="Forty tickets a day")
    claim.page.select_option("#claim_kind", "volumes")
    claim.click("Note it")

    link = walker.ask_for_referees(open_references(owner))
    ada = Walker(product, new_page(width=360)).open(link)
    walker.name_a_referee(ada, "Rolf Former", "rolf@boss.example")

    link = walker.ask_in_writing(open_references(owner), "Ada Lind")
    rolf = Walker(product, new_page(width=360)).open(link)
    rolf.type(know="Two years, as her manager", work="About twenty tickets a day")
    rolf.open(link)  # left by accident, and opened again
    assert rolf.page.locator("[name=know]").input_value() == "Two years, as her manager"
    rolf.page.get_by_label("Not sure").check()
    rolf.click("Send it")
    assert rolf.sees("Your answers have arrived")

    open_references(owner).click("Read and note it")
    assert owner.sees("About twenty tickets a day")
    assert owner.sees("2 questions left out")
    owner.page.get_by_label("Mixed").check()
    owner.page.get_by_label("They hesitated").check()
    owner.page.locator("select[name^=fact_]").select_option("contradicted")
    owner.fill(owner.page.locator("input[name^=fact_][name$=_told]"), "About twenty")
    owner.click("Keep the reference")
    assert owner.sees("Hesitated")

    owner.click("What came of them")
    assert owner.sees("Ask them what they say to it")
    owner.tap(owner.page.locator("summary", has_text="Ask the applicant"))
    owner.type(candidate_said="Forty with the team, twenty alone").click("Keep their answer")
    assert owner.sees("Forty with the team, twenty alone")
    assert owner.page.get_by_text("Ask them what they say to it").count() == 0
