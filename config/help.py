"""The pages of docs/, served by the product: Markdown without raw HTML, in the reader's language where it exists."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from accounts.guards import public

DOCS = settings.BASE_DIR / "docs"
ENGLISH = "en"
PICTURES_FOR = 24 * 3600
# Every page, in the order in which one needs it.
GROUPS = (
    (_("Decide"), ("decide", "import", "costs", "bridges", "method", "faq")),
    (
        _("Hire"),
        (
            "describe",
            "publish",
            "apply",
            "bring-people",
            "screen",
            "board",
            "messages",
            "phone",
            "interview",
            "decide-who",
            "calendar",
            "references",
            "offer",
            "signing",
            "pool",
            "numbers",
        ),
    ),
    (
        _("Begin"),
        (
            "get-ready",
            "papers",
            "first-day",
            "plan",
            "handbook",
            "first-weeks",
            "examples",
            "meetings",
            "replies",
            "goals",
            "before-after",
        ),
    ),
    (_("Run the place"), ("team", "mail", "data", "go-live", "running")),
)
SLUGS = tuple(slug for _group, slugs in GROUPS for slug in slugs)
# Where one does what the page tells: pages that are open to strangers, too.
DOORS = {
    "decide": ("readiness:check", _("Answer ten questions")),
    "costs": ("readiness:costs", _("What would it cost?")),
    "bridges": ("readiness:calculators", _("Calculators")),
    "faq": ("readiness:costs", _("What would it cost?")),
}


@dataclass(frozen=True)
class Page:
    """`contents` are (anchor, heading); `lead` is the first paragraph as plain text."""

    slug: str
    title: str
    lead: str
    body: str
    contents: tuple
    language: str


@public
@require_safe
def index(request):
    groups = [(name, [page(slug, get_language()) for slug in slugs]) for name, slugs in GROUPS]
    return render(request, "config/help_index.html", {"groups": groups})


@public
@require_safe
def show(request, slug):
    if slug not in SLUGS:
        raise Http404
    found = page(slug, get_language())
    context = {
        "page": found,
        "in_english": found.language == ENGLISH != get_language(),
        "related": related(slug, get_language()),
        "door": _door(request, slug),
    }
    return render(request, "config/help_page.html", context)


@public
@require_safe
def picture(request, name):
    """Only what lies in docs/pictures: the name is looked up, never joined."""
    found = pictures().get(name)
    if found is None:
        raise Http404
    headers = {"Cache-Control": f"public, max-age={PICTURES_FOR}"}
    return HttpResponse(found.read_bytes(), content_type="image/png", headers=headers)


def _door(request, slug) -> dict | None:
    """Whether to hire is not the staff's question."""
    if slug not in DOORS or (request.membership is not None and not request.membership.is_boss):
        return None
    name, label = DOORS[slug]
    return {"url": reverse(name), "label": label}


def related(slug, language) -> list[Page]:
    """The other pages of the same group."""
    group = next(slugs for _name, slugs in GROUPS if slug in slugs)
    return [page(other, language) for other in group if other != slug]


@lru_cache(maxsize=1)
def pictures() -> dict[str, Path]:
    """By what stands after `pictures/` in a page: `board.png`, `onboarding/goals-1280.png`."""
    folder = DOCS / "pictures"
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.png")}


@lru_cache(maxsize=256)
def page(slug, language, folder=DOCS) -> Page:
    """The page in this language, else in English. The files do not change while the product runs."""
    own = folder / str(language) / f"{slug}.md"
    spoken = language if own.exists() else ENGLISH
    text = (own if own.exists() else folder / f"{slug}.md").read_text(encoding="utf-8")
    return _page(slug, spoken, text)


def _page(slug, language, text) -> Page:
    parser = _parser()
    tokens = parser.parse(text)
    title, tokens = tokens[1].content, tokens[3:]  # every file begins with its one heading
    contents = tuple(_anchors(tokens))
    for token in tokens:
        _lead_here(token)
    lead = next(token.content for token in tokens if token.type == "inline")
    return Page(slug, title, lead, parser.renderer.render(tokens, parser.options, {}), contents, language)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    wide = '<div class="fh-scroll" tabindex="0"><table class="fh-table">'
    parser.add_render_rule("table_open", lambda *args: wide)
    parser.add_render_rule("table_close", lambda *args: "</table></div>")
    return parser


def _anchors(tokens):
    """Gives every second-level heading an id, as it is reached by a link on the disk too."""
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2":
            anchor = slugify(inline.content, allow_unicode=True)
            opening.attrSet("id", anchor)
            yield anchor, inline.content


def _lead_here(token):
    """Links between files become links between pages."""
    for child in token.children or []:
        if child.type == "link_open":
            child.attrSet("href", address(child.attrGet("href")))
        if child.type == "image":
            child.attrSet(
                "src", reverse("help_picture", args=[child.attrGet("src").partition("pictures/")[2]])
            )
            child.attrSet("loading", "lazy")
            child.attrSet("class", "fh-help-picture")


def address(link) -> str:
    """`costs.md#pay` -> `/help/costs/#pay`; anything else stays as it is."""
    file, hash_, anchor = link.partition("#")
    name = Path(file).stem
    return f"{reverse('help', args=[name])}{hash_}{anchor}" if file.endswith(".md") else link
