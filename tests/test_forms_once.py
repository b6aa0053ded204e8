"""A page may take three seconds: every form says that it is on its way, and is sent once."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"
QUOTED = r"\"[^\"]*\"|'[^']*'"
FORM = re.compile(rf"<form\b(?:[^>\"']|{QUOTED})*>")


def pages() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def sending(text) -> list[str]:
    """The tags of forms that change something."""
    return [tag for tag in FORM.findall(text) if re.search(r"method=[\"']?(?:post|{{)", tag, re.I)]


def unguarded(text) -> list[str]:
    return [tag for tag in sending(text) if not re.search(r"\sdata-(?:once|tick)\b", tag)]


def test_the_check_tells_forms_apart():
    assert unguarded('<form method="get">') == []
    assert unguarded("<form method=\"post\" data-text='data-once'>") != []
    assert unguarded('<form method="post"\n      class="a > b"\n data-once>') == []
    assert unguarded('<form method="post" data-tick>') == []
    assert unguarded('<form method="POST">') == ['<form method="POST">']


def test_there_are_forms_to_check():
    assert sum(len(sending(path.read_text())) for path in pages()) > 100


def wrong(check) -> dict[str, list[str]]:
    """template -> the tags that `check` finds in it."""
    found = {str(path.relative_to(TEMPLATES)): check(path.read_text()) for path in pages()}
    return {name: tags for name, tags in found.items() if tags}


def test_every_form_is_sent_once():
    assert wrong(unguarded) == {}


def test_every_form_is_written_as_the_scripts_look_for_it():
    """site.js looks for form[method='post']; a selector does not ignore case."""
    assert (
        wrong(lambda text: [tag for tag in sending(text) if not re.search('method="(?:post"|{{)', tag)]) == {}
    )


def test_every_form_with_a_file_shows_how_far_it_is():
    def silent(text):
        return [tag for tag in sending(text) if "multipart/form-data" in tag and "data-upload=" not in tag]

    # The element of the sign-in package knows no form of ours with a file.
    assert set(wrong(silent)) <= {"allauth/elements/form.html"}
