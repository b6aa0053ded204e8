"""The pages of docs/, served; the ? of every page; and no word of either that leads nowhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from config import help as docs
from config import help_texts
from readiness import costs, quoted
from readiness.scoring import DEFAULT
from tests.test_routes import OURS, ROWS

DOCS = settings.BASE_DIR / "docs"
FILES = sorted(DOCS.rglob("*.md"))
OWN_READERS = {"benchmarks"}  # measured by a command, for people who build it
LINKS = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def page(client, address, **headers) -> str:
    return " ".join(client.get(address, headers=headers).content.decode().split())


# -- what lies in docs/


def test_every_file_is_served_and_every_page_has_its_file():
    assert sorted(path.stem for path in DOCS.glob("*.md")) == sorted({*docs.SLUGS, *OWN_READERS})


def test_a_translation_is_of_a_page_and_in_a_language_we_have():
    there = {(path.parent.name, path.stem) for path in DOCS.glob("*/*.md")}
    languages = {code for code, _name in settings.LANGUAGES}
    assert [pair for pair in there if pair[0] not in languages or pair[1] not in docs.SLUGS] == []


def links():
    return [(path, link) for path in FILES for link in LINKS.findall(path.read_text(encoding="utf-8"))]


def anchors(path) -> set:
    return {anchor for anchor, _heading in docs._page("x", "en", path.read_text(encoding="utf-8")).contents}


def leads_somewhere(path, link) -> bool:
    if link.startswith(("https://", "http://")):
        return True
    file, _hash, anchor = link.partition("#")
    target = (path.parent / file) if file else path
    return target.is_file() and (not anchor or anchor in anchors(target))


def test_links_are_found_at_all():
    assert len(links()) > 20


@pytest.mark.parametrize("wrong", ["nowhere.md", "costs.md#nowhere", "pictures/nowhere.png"])
def test_a_link_to_nowhere_is_noticed(wrong):
    assert not leads_somewhere(DOCS / "decide.md", wrong)


def test_every_link_and_picture_leads_somewhere_on_the_disk():
    assert [(path.name, link) for path, link in links() if not leads_somewhere(path, link)] == []


def test_every_page_begins_with_one_heading_and_fits_on_a_page():
    for path in (DOCS / f"{slug}.md" for slug in docs.SLUGS):
        text = path.read_text(encoding="utf-8")
        assert (text.startswith("# "), len(re.findall(r"^# ", text, re.M))) == (True, 1), path.name
        # The method is looked up, not read: every formula, every number, every source.
        assert len(text.split()) < (4000 if path.name == "method.md" else 650), path.name


# -- as it is served


@pytest.mark.django_db
@pytest.mark.parametrize("slug", docs.SLUGS)
def test_a_stranger_reads_every_page_and_every_link_on_it_opens(client, slug):
    text = page(client, reverse("help", args=[slug]))
    article = text.partition("<article")[2].partition("</article>")[0]
    assert f"<h1>{docs.page(slug, 'en').title}</h1>" in text
    assert ".md" not in article
    for link in re.findall(r'(?:href|src)="(/[^"#]+)', article):
        assert client.get(link).status_code == 200, link


@pytest.mark.django_db
def test_every_page_is_reached_from_the_list(client):
    text = page(client, reverse("help_index"))
    assert [slug for slug in docs.SLUGS if f'href="/help/{slug}/"' not in text] == []


@pytest.mark.django_db
def test_the_list_and_the_questions_are_in_the_footer_and_on_the_first_page(client):
    text = page(client, "/")
    assert (text.count('href="/help/faq/"'), text.count('href="/help/"')) == (2, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["nothing", "benchmarks", "settings", "DECIDE"])
def test_what_is_no_page_is_not_there(client, slug):
    assert client.get(f"/help/{slug}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["nothing.png", "..%2Fbenchmarks.md", "onboarding/../board.png", "onboarding", ".png", "board.PNG"],
)
def test_only_pictures_are_given_out(client, name):
    assert client.get(f"/help/pictures/{name}").status_code == 404


@pytest.mark.django_db
def test_a_picture_may_be_kept_by_the_browser(client):
    response = client.get("/help/pictures/board.png")
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/png", "public, max-age=86400")
    assert response.content == (DOCS / "pictures/board.png").read_bytes()


@pytest.mark.django_db
def test_a_picture_of_a_folder_is_given_out(client):
    response = client.get("/help/pictures/onboarding/goals-1280.png")
    assert response.content == (DOCS / "pictures/onboarding/goals-1280.png").read_bytes()


@pytest.mark.django_db
def test_another_page_of_the_group_and_the_own_headings_are_beside_it(client):
    text = page(client, "/help/decide/")
    assert '<a href="#bridge-the-gap">Bridge the gap</a>' in text
    assert '<h2 id="bridge-the-gap">Bridge the gap</h2>' in text
    assert [f'<a href="/help/{slug}/">' in text for slug in ("costs", "method", "faq", "offer")] == [
        True
    ] * 3 + [False]


@pytest.mark.django_db
def test_the_page_opens_the_door_to_what_it_tells(client, sign_in, owner, interviewer):
    door = '<a class="btn btn-primary" href="/readiness/costs/">'
    readers = (client, sign_in(owner), sign_in(interviewer))
    assert [door in page(reader, "/help/faq/") for reader in readers] == [True, True, False]


def test_raw_html_and_scripts_in_a_file_stay_text():
    found = docs._page("x", "en", "# T\n\n<script>alert(1)</script> [a](javascript:alert(1)) <b onclick=x>\n")
    assert "<script" not in found.body
    assert "<b " not in found.body
    assert 'href="javascript' not in found.body


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("costs.md", "/help/costs/"),
        ("costs.md#pay", "/help/costs/#pay"),
        ("../costs.md", "/help/costs/"),
        ("#pay", "#pay"),
        ("https://example.org/a.html", "https://example.org/a.html"),
    ],
)
def test_links_between_files_are_links_between_pages(link, address):
    assert docs.address(link) == address


# -- languages


@pytest.fixture
def translated(tmp_path):
    """A folder with one page in English and in Finnish."""
    for folder, title in (("", "Pay"), ("fi", "Palkka")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "costs.md").write_text(f"# {title}\n\n{title}.\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("language", "title", "spoken"), [("fi", "Palkka", "fi"), ("sv", "Pay", "en"), ("en", "Pay", "en")]
)
def test_a_page_is_read_in_ones_language_else_in_english(translated, language, title, spoken):
    found = docs.page("costs", language, folder=translated)
    assert (found.title, found.language) == (title, spoken)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("ar", True), ("en", False)])
def test_a_page_that_is_not_translated_says_so(client, language, said):
    with translation.override(language):
        sentence = translation.gettext("This page is in English so far.")
    text = page(client, "/help/running/", **{"accept-language": language})
    assert (sentence in text, '<article class="fh-paper fh-docs-text" lang="en" dir="auto">' in text) == (
        said,
        True,
    )


# -- the ? of every page

NO_HELP = {
    *(
        "hiring:numbers_sheet",
        "hiring:requirements_sheet",
        "hiring:memo_pdf",
        "hiring_links:written_pdf",
    ),  # files
    # a link from a mail, an advert: they explain themselves, and have no frame of ours
    *(
        "hiring_links:pool",
        "hiring_links:reference",
        "hiring_links:referees",
        "hiring_links:written",
        "hiring_links:status_correct",
        "hiring_links:status_data",
        "hiring_links:status_erase",
        "mailroom_links:lost",
        "mailroom_links:lost_asked",
    ),
    *(
        "accounts_links:feed",
        "accounts_links:invitation",
        "hiring_links:booking",
        "hiring_links:offer",
        "hiring_links:sample",
        "hiring_links:status",
        "onboarding_links:welcome",
    ),
    *("careers:company", "careers:job", "careers:apply", "careers:thanks"),
    # files to keep
    *("accounts:data_copy", "accounts:member_copy", "hiring:data_copy", "readiness:left_out"),
    "hiring:import_left_out",
    "onboarding:goal_sheet",
    *("hiring:contract_pdf", "hiring_links:offer_pdf", "readiness:pdf"),
    # parts of pages, and answers to machines
    *("accounts:place", "accounts:look_preview", "hiring:column", "readiness:progress", "healthz", "readyz"),
    "hiring:import_progress",
    *("careers:theme", "careers:atom", "careers:sitemap", "careers:jobs_xml", "robots", "sitemap"),
    # help itself
    *("help", "help_index", "help_picture"),
}
# The password comes first, so the matrix sees them only as a way to it.
BEHIND_THE_PASSWORD = {"accounts:member_erase", "hiring:data_erase"}
PAGES = sorted(
    {row["name"] for row in ROWS if row["method"] == "GET" and "200" in row.values()} | BEHIND_THE_PASSWORD
)


def test_every_page_has_its_help():
    assert [name for name in PAGES if name not in NO_HELP and help_texts.named(name) is None] == []


def test_no_exception_is_kept_longer_than_needed():
    assert [name for name in sorted(NO_HELP) if name not in PAGES or help_texts.named(name)] == []


@pytest.mark.parametrize("name", sorted(help_texts.TEXTS))
def test_help_is_three_sentences_and_a_page_of_docs(name):
    found = help_texts.named(name)
    assert (len(found.sentences), found.slug in docs.SLUGS) == (3, True)
    assert [text for text in map(str, found.sentences) if not text.endswith(".") or len(text) > 130] == []


def test_no_help_is_for_a_page_that_is_gone():
    known = {*OURS, "landing", *help_texts.BY_BEGINNING}
    assert [name for name in help_texts.TEXTS if name not in known] == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("account_login", "team"),
        ("account_signup", "team"),
        ("mfa_index", "team"),
        ("hiring:nothing", None),
        ("", None),
    ],
)
def test_names_of_packages_are_known_by_how_they_begin(name, slug):
    assert getattr(help_texts.named(name), "slug", None) == slug


def fold(text) -> str:
    return text.partition('class="fh-menu fh-help"')[2].partition("</details>")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("/", "decide"),
        ("/readiness/check/", "decide"),
        ("/readiness/costs/", "costs"),
        ("/accounts/login/", "team"),
    ],
)
def test_the_fold_is_on_the_page_and_leads_to_the_docs(client, address, slug):
    shown = fold(page(client, address))
    assert (shown.count("<p>"), f'href="/help/{slug}/"' in shown) == (3, True)


def test_the_first_page_and_the_home_page_have_different_help(client, sign_in, owner):
    assert "You need no account" in fold(page(client, "/"))
    assert "This is what waits for you" in fold(page(sign_in(owner), "/"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nothing/", "/help/decide/"])
def test_where_there_is_no_help_there_is_no_button(client, address):
    assert fold(page(client, address)) == ""


def test_a_page_outside_of_any_address_has_none():
    assert help_texts.of(RequestFactory().get("/")) is None


@pytest.mark.django_db
def test_help_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        text = Template('{% include "_help.html" %}').render(
            Context({"page_help": help_texts.named("hiring:board")})
        )
    assert "Who stands where" in text


# -- the numbers that the page about the method names


def method() -> str:
    return Path(DOCS / "method.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "row",
    [
        f"| not yet below a need of; hire now from | {DEFAULT.need_low:g}; {DEFAULT.need_high:g} of 100 |",
        f"| part-time from a need of | {DEFAULT.need_middle:g} of 100 |",
        f"| hours worth a part-time hire; a full hire | {DEFAULT.hours_middle:g}; {DEFAULT.hours_high:g} a week |",
        f"| time to hire, and to learn | {DEFAULT.weeks_to_hire:g} and {DEFAULT.weeks_to_ramp_up:g} weeks |",
        f"| satisfied customers aimed for | {100 * DEFAULT.satisfaction_target:g} of 100 unless you say otherwise |",
        f"| share of the work that can be handed over | {100 * DEFAULT.handover_share:g} % unless you say otherwise |",
        "| useful hours in month one, two, after | "
        + f"{100 * costs.RAMP_UP[0]:g} %, {100 * costs.RAMP_UP[1]:g} %, 100 % |",
        f"| months over which hiring is spread | {quoted.TENURE} |",
        f"| a wrong hire costs | {100 * quoted.LOSS_SHARE:g} % of the first year's pay |",
        "| weights: the week, reviews, numbers, growth | "
        + ", ".join(f"{100 * weight:g}" for weight in DEFAULT.signals.values())
        + " of 100 |",
        "| a full week begins to count at, and counts fully at | "
        + f"{100 * DEFAULT.parts['load'].ramp.lo:g} %, {100 * DEFAULT.parts['load'].ramp.hi:g} % |",
        "| hiring and onboarding one person | up to 4,000 US dollars; 3,400 euros; 36,000 kronor |",
    ],
)
def test_the_method_names_the_numbers_that_are_used(row):
    assert row in method()


def test_quoted_sums_are_the_ones_of_the_method():
    sums = {money: known.up_front for money, known in quoted.IN_MONEY.items()}
    assert sums == {"USD": 4000, "EUR": 3400, "SEK": 36_000}
