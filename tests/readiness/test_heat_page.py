"""When customers write: its sentence, its picture, its table, and the plain values for other apps."""

import pytest
from django.urls import reverse
from django.utils import translation

from readiness import heat_page, result, words
from readiness.heatmap import Busy
from readiness.models import Counted, ImportKind, TicketImport
from tests.readiness.factories import make_assessment
from tests.readiness.test_heatmap import empty, filled
from tests.readiness.test_views import text
from vault.work import State

HEAT = filled(range(3), range(9, 12), 20, beside=1)


def counted(company, **series):
    """An import that was counted, with these numbers."""
    whole = {
        "weeks": [["2020-01-06", 4, None]],
        "measured": {},
        "closed_only": False,
        "by_close_date": False,
    }
    Counted.objects.update_or_create(
        company=company, kind=ImportKind.TICKETS, defaults={"series": whole | series}
    )
    return TicketImport.objects.create(
        company=company,
        name="log.csv",
        size=1,
        sha256=f"{TicketImport.everything.count():064}",
        encoding="utf-8",
        delimiter=",",
        state=State.DONE,
        series=whole | series,
    )


# -- the sentence


@pytest.mark.parametrize(
    ("busy", "sentence"),
    [
        (Busy(0, 2, 9, 12, 0.62), "Most messages come Monday to Wednesday, 9 a.m. to noon: 62 of 100."),
        (Busy(6, 6, 18, 24, 0.51), "Most messages come on Sunday, 6 p.m. to midnight: 51 of 100."),
        (Busy(5, 0, 0, 8, 0.7), "Most messages come Saturday to Monday, midnight to 8 a.m.: 70 of 100."),
        (Busy(0, 6, 20, 22, 0.9), "Most messages come 8 p.m. to 10 p.m., every day: 90 of 100."),
        (None, "Messages come at all times; no hours stand out."),
    ],
)
def test_the_sentence_says_what_the_picture_shows(busy, sentence):
    assert words.busy.busy(busy) == sentence


@pytest.mark.parametrize("language", ["en", "fi", "sv", "pl", "ar", "zh-hans"])
def test_the_sentence_in_every_language(language):
    with translation.override(language):
        for busy in (Busy(0, 2, 9, 12, 0.62), Busy(1, 1, 9, 12, 0.62), Busy(0, 6, 9, 12, 0.62)):
            assert "%(" not in words.busy.busy(busy)
        assert len({name for name, _ in words.busy.weekdays()}) == 7


def test_few_messages_are_said_to_be_few():
    few = heat_page.context(filled([1], [9], 20))
    assert few["caption"] == "Too few messages were counted to say when most of them come."
    assert len(few["cells"]) == 168


# -- the picture and its table


def test_every_hour_has_its_cell():
    shown = heat_page.context(HEAT)
    assert len(shown["cells"]) == 7 * 24
    assert {(cell["x"], cell["y"]) for cell in shown["cells"] if cell["step"] == 5} == {
        (hour, day) for day in range(3) for hour in range(9, 12)
    }


def test_the_table_has_an_hour_a_row_and_a_day_a_column():
    rows = heat_page.context(HEAT)["rows"]
    assert len(rows) == 24
    assert rows[9] == ("9 a.m.", [20, 20, 20, 1, 1, 1, 1])


@pytest.mark.parametrize("heat", [None, [], empty(), [[0] * 24] * 6, "x"])
def test_nothing_is_drawn_without_counts(heat):
    assert heat_page.context(heat) is None


# -- on the pages


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["show", "print"])
def test_the_map_stands_on_answer_and_paper(sign_in, owner, name):
    row = make_assessment(owner.company)
    counted(owner.company, heat=HEAT)
    page = text(sign_in(owner).get(reverse(f"readiness:{name}", args=[row.pk])))
    assert "Most messages come Monday to Wednesday, 9 a.m. to noon: 53 of 100." in page
    assert page.count('<rect class="step-5"') == 9 + 1  # and the key
    assert (
        '<th scope="row">9 a.m.</th> <td class="fh-num">20</td>' in page.replace("</th><td", "</th> <td")
    ) is (name == "show")


@pytest.mark.django_db
@pytest.mark.parametrize("series", [{}, {"heat": None}, {"heat": empty()}, {"heat": [[1]]}])
def test_without_hours_there_is_no_map(sign_in, owner, series):
    row = make_assessment(owner.company)
    counted(owner.company, **series)
    page = text(sign_in(owner).get(reverse("readiness:show", args=[row.pk])))
    assert "When customers write" not in page


@pytest.mark.django_db
def test_a_stranger_has_no_map(client):
    from tests.readiness.factories import typed

    client.post(reverse("readiness:check"), typed())
    assert "When customers write" not in text(client.get(reverse("readiness:answer")))


# -- for other apps


@pytest.mark.django_db
def test_busy_hours_are_the_companys_own(owner, rival):
    counted(rival.company, heat=HEAT)
    assert result.busy_hours(owner.company) is None
    assert result.busy_hours(rival.company) == HEAT


@pytest.mark.django_db
@pytest.mark.parametrize("series", [{}, {"heat": [[1]]}, {"heat": empty()}])
def test_busy_hours_are_none_where_nothing_is_known(owner, series):
    counted(owner.company, **series)
    assert result.busy_hours(owner.company) is None


@pytest.mark.django_db
def test_busy_hours_of_the_log_imported_last(owner):
    counted(owner.company, heat=filled([1], [9], 5))
    counted(owner.company, heat=HEAT)
    assert result.busy_hours(owner.company) == HEAT
