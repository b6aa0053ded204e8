import gettext
import os

from config import catalogues

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Home"
msgstr "Etusivu"

#, fuzzy
msgid "Team"
msgstr "Arvaus"
"""


def po(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "fi" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return path


def test_a_catalogue_is_compiled_without_gettext_installed(settings, tmp_path):
    path = po(settings, tmp_path)
    assert catalogues.compile_changed() == [path.with_suffix(".mo")]
    with path.with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Home") == "Etusivu"
    assert words.gettext("Team") == "Team"  # a guess is not shown


def test_only_what_changed_is_compiled(settings, tmp_path):
    path = po(settings, tmp_path)
    catalogues.compile_changed()
    assert catalogues.compile_changed() == []
    later = path.with_suffix(".mo").stat().st_mtime + 5
    os.utime(path, (later, later))
    assert catalogues.compile_changed() == [path.with_suffix(".mo")]
