"""The page of weights: owners see what their numbers would change and save a version; managers read; no others."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from readiness import settable, weighing
from readiness.models import Assessment, Weighing
from readiness.scoring import DEFAULT
from readiness.settable import SETTINGS
from readiness.weights_form import WeightsForm, name_of
from tests.readiness.factories import CALM, make_assessment
from tests.readiness.test_views import text
from tests.readiness.test_weighing import weigh

WEIGHTS, AGAIN = reverse("readiness:weights"), reverse("readiness:weights_again")
pytestmark = pytest.mark.django_db


def typed(seen=0, **changes):
    """The page as a browser sends it back; `parts__load__lo="80"`."""
    data = {name_of(path): f"{setting.shown(DEFAULT):g}" for path, setting in SETTINGS.items()}
    return data | {"seen": str(seen)} | changes


@pytest.fixture
def client(sign_in, owner):
    return sign_in(owner)


# -- reading


def test_the_page_shows_ours_with_range_and_meaning(client):
    page = text(client.get(WEIGHTS))
    assert 'name="need_low" value="35"' in page
    assert "From here on a calm week is no longer a plain not yet." in page
    assert "Ours: 35 · 0 to 100" in page
    assert "Version 2026-1 counts now." in page


def test_every_number_has_its_field_once(client):
    form = client.get(WEIGHTS).context["form"]
    groups = [group for section in form.sections() for group in section["groups"]]
    drawn = [each["field"].name for group in groups for each in group["fields"]]
    assert sorted(drawn) == sorted(map(name_of, SETTINGS))


def test_numbers_of_a_companys_own_are_on_the_form_and_named(client, owner):
    weigh(owner, {"need_low": 10.0, "signals.growth": 0.5})
    page = text(client.get(WEIGHTS))
    assert 'name="need_low" value="10"' in page
    assert 'name="signals__growth" value="50"' in page
    assert "Version 2026-1+1 counts now." in page
    assert "1 number of your own" in page


def test_managers_read_and_may_not_change(sign_in, manager):
    client = sign_in(manager)
    page = text(client.get(WEIGHTS))
    assert 'name="need_low" value="35"' in page
    assert page.count(" disabled") == len(SETTINGS)
    assert "See what it would change" not in page
    assert client.post(WEIGHTS, typed(need_low="10", do="save")).status_code == 403
    assert not Weighing.objects.exists()


@pytest.mark.parametrize("role", ["interviewer", "hire"])
def test_staff_stay_out(request, sign_in, role):
    client = sign_in(request.getfixturevalue(role))
    assert {client.get(WEIGHTS).status_code, client.post(WEIGHTS, typed()).status_code} == {403}
    assert client.post(AGAIN).status_code == 403


def test_another_companys_versions_are_neither_shown_nor_offered(client, owner, rival):
    weigh(rival, {"need_low": 11.0})
    page = text(client.get(WEIGHTS, {"from": "1"}))
    assert "2026-1+1" not in page
    assert 'value="11"' not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_versions(client, owner, rows, django_assert_num_queries):
    for n in range(rows):
        weigh(owner, {"need_low": float(n + 1)}, seen=n)
    client.get("/")
    with django_assert_num_queries(6):
        client.get(WEIGHTS)


@pytest.mark.parametrize("own", [False, True])
def test_the_page_of_an_answer_stays_within_twelve_queries(client, owner, own, django_assert_max_num_queries):
    if own:
        weigh(owner, {"need_low": 10.0})
    row = make_assessment(owner.company)
    client.get("/")
    with django_assert_max_num_queries(12):
        page = text(client.get(reverse("readiness:show", args=[row.pk])))
    assert f'href="{WEIGHTS}"' in page


# -- the preview


def test_looking_at_the_effect_keeps_nothing(client, owner):
    make_assessment(owner.company, **CALM)
    page = text(client.post(WEIGHTS, typed(need_low="0")))
    assert "Nothing is saved yet. Save it?" in page
    assert not Weighing.objects.exists()
    assert Assessment.objects.count() == 1


def test_the_effect_is_shown_before_and_after(client, owner):
    make_assessment(owner.company, **CALM)
    effect = client.post(WEIGHTS, typed(need_low="0")).context["effect"]
    assert (effect["before"]["headline"], effect["same"]) == ("Not yet.", False)
    assert effect["after"]["headline"] == "Get help by the hour, about 3 hours a week."
    assert effect["before"]["need"] == effect["after"]["need"]
    assert {each["state"] for each in effect["reasons"]} >= {"new", "goes"}


def test_the_effect_is_what_computing_anew_gives(client, owner):
    make_assessment(owner.company)
    after = client.post(WEIGHTS, typed(signals__growth="100", days_a_week="7")).context["effect"]["after"]
    client.post(WEIGHTS, typed(signals__growth="100", days_a_week="7", do="save"))
    client.post(AGAIN)
    result = Assessment.objects.latest("pk").result
    assert (after["need"], after["low"], after["high"]) == tuple(
        round(result[key]) for key in ("need", "low", "high")
    )


def test_the_same_answer_is_said_to_stay(client, owner):
    make_assessment(owner.company)
    page = text(client.post(WEIGHTS, typed(promised_days="1.1")))
    assert "The answer stays the same." in page
    assert "Days in which you promise an answer: from 1 to <strong>1.1</strong>" in page


def test_without_an_answer_nothing_can_change_it(client):
    assert "There is no answer yet that it could change." in text(client.post(WEIGHTS, typed(need_low="1")))


def test_an_answer_may_lose_everything_that_counts(client, owner):
    from readiness import assessments

    few = {"breath": 3, "afford": "yes", "help": "no", "ratings": None}
    assessments.save(company=owner.company, by=None, answers=few)
    silent = {"signals__overload": "0"}
    page = text(client.post(WEIGHTS, typed(**silent)))
    assert "No answer: nothing that is answered would count." in page


def test_changing_more_comes_back_with_what_was_typed(client):
    page = text(client.post(WEIGHTS, typed(need_low="12.5", do="edit")))
    assert 'name="need_low" value="12.5"' in page
    assert not Weighing.objects.exists()


def test_nothing_different_is_said(client):
    page = text(client.post(WEIGHTS, typed(), follow=True))
    assert "Nothing is different from what counts now." in page
    page = text(client.post(WEIGHTS, typed(do="save"), follow=True))
    assert "Nothing is different from what counts now." in page
    assert not Weighing.objects.exists()


# -- saving


def save(client, seen=0, **changes):
    return client.post(WEIGHTS, typed(seen, do="save", **changes), follow=True)


def test_saving_makes_a_version_and_computes_nothing(client, owner):
    make_assessment(owner.company)
    page = text(save(client, need_low="10", parts__resolution__hi="60"))
    row = Weighing.objects.get()
    assert (row.version, row.created_by, sorted(row.changes)) == (
        "2026-1+1",
        owner.user,
        ["need_low", "parts.resolution.hi"],
    )
    assert "Saved as version 2026-1+1." in page
    assert Assessment.objects.count() == 1


def test_computing_anew_is_offered_and_done_on_request(client, owner):
    old = make_assessment(owner.company)
    page = text(save(client, need_low="10"))
    assert "Your latest answer was computed with version 2026-1, and stays as it is." in page
    response = client.post(AGAIN)
    new = Assessment.objects.latest("pk")
    assert (new.pk != old.pk, new.config_version, response.url) == (True, "2026-1+1", f"/readiness/{new.pk}/")
    assert "Compute the latest answer anew" not in text(client.get(WEIGHTS))


def test_computing_anew_without_an_answer_leads_to_the_check(client):
    assert client.post(AGAIN).url == reverse("readiness:check")


def test_an_empty_field_is_ours(client):
    save(client, need_low="", need_middle="40")
    assert Weighing.objects.get().changes == {"need_middle": 40}


def test_sent_twice_is_one_version(client):
    save(client, need_low="10")
    assert client.post(WEIGHTS, typed(0, need_low="10", do="save")).status_code == 409
    assert Weighing.objects.count() == 1


@pytest.mark.parametrize("do", ["", "save"])
def test_a_page_that_is_behind_is_refused_and_keeps_what_was_typed(client, owner, do):
    weigh(owner, {"need_low": 20.0})
    response = client.post(WEIGHTS, typed(0, need_low="10", do=do))
    page = text(response)
    assert response.status_code == 409
    assert "This was saved elsewhere while you were typing" in page
    assert 'name="need_low" value="10"' in page
    assert 'name="seen" value="1"' in page
    assert 'name="do"' not in page
    assert Weighing.objects.count() == 1


def test_going_back_fills_the_fields_and_saves_nothing(client, owner):
    weigh(owner, {"need_low": 10.0})
    weigh(owner, {"need_low": 20.0}, seen=1)
    page = text(client.get(WEIGHTS, {"from": "1"}))
    assert 'name="need_low" value="10"' in page
    assert 'name="seen" value="2"' in page
    assert "Nothing is changed until you save it." in page
    assert 'name="need_low" value="35"' in text(client.get(WEIGHTS, {"from": "0"}))
    assert weighing.config_of(owner.company).need_low == 20


@pytest.mark.parametrize("asked", ["", "x", "-1", "99", "9" * 40, "²", "1\x00"])
def test_a_version_that_is_none_shows_the_one_that_counts(client, owner, asked):
    weigh(owner, {"need_low": 10.0})
    assert 'name="need_low" value="10"' in text(client.get(WEIGHTS, {"from": asked}))


# -- what cannot be


@pytest.fixture(scope="module")
def fields():
    return WeightsForm().fields


@pytest.mark.parametrize("name", sorted(map(name_of, SETTINGS)))
def test_no_field_takes_a_number_that_cannot_be(fields, name):
    for value in ("-1", "abc", "1" + "0" * 18, "9" * 40, "NaN", "inf", "1e5", "<b>", "\x00"):
        with pytest.raises(ValidationError):
            fields[name].clean(value)


@pytest.mark.parametrize("value", ["-1", "abc", "1" + "0" * 18, "NaN"])
def test_a_number_that_cannot_be_is_refused_beside_it_and_kept(value):
    form = WeightsForm(typed(signals__growth=value))
    assert (form.is_valid(), list(form.errors)) == (False, ["signals__growth"])
    assert form["signals__growth"].value() == value


@pytest.mark.parametrize(
    ("value", "number"), [("٤٠", 40), ("۴۰", 40), ("37,5", 37.5), ("٣٧٫٥", 37.5), (" 40 ", 40)]
)
def test_digits_of_the_world_are_understood(value, number):
    form = WeightsForm(typed(need_low=value))
    assert form.is_valid()
    assert form.changes() == {"need_low": number}


def test_the_ends_of_each_range_are_taken(fields):
    for path, setting in SETTINGS.items():
        ends = [fields[name_of(path)].clean(f"{end:g}") for end in (setting.low, setting.high)]
        assert ends == [setting.low, setting.high]


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"parts__load__hi": "60"}, "parts__load__hi",
         "This has to be above “How full your week is: Begins to count at”, which is 70."),
        ({"need_low": "60"}, "need_middle", "This must not be below “Not yet: need for help below”, which is 60."),
        ({"parts__trend__weight": "0", "parts__projected__weight": "0"}, "parts__projected__weight",
         "One of these has to count: write a weight above 0."),
    ],
)  # fmt: skip
def test_numbers_that_do_not_fit_together_say_so(client, changes, name, sentence):
    response = client.post(WEIGHTS, typed(do="save", **changes))
    assert (response.status_code, response.context["form"].errors) == (422, {name: [sentence]})
    assert not Weighing.objects.exists()


def test_a_wrong_number_opens_its_section(client):
    form = client.post(WEIGHTS, typed(parts__stars__hi="x")).context["form"]
    assert [section["code"] for section in form.sections() if section["open"]] == [
        "signals", "answers", "work", "feedback",
    ]  # fmt: skip


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 40])
def test_a_version_that_cannot_have_been_seen_saves_nothing(client, seen):
    assert client.post(WEIGHTS, typed(seen, need_low="10", do="save")).status_code == 422
    assert not Weighing.objects.exists()


def test_fields_that_are_not_on_the_form_change_nothing(client):
    save(client, need_low="10", version="2099-1", draws="1", company="2", base="x")
    row = Weighing.objects.get()
    assert (row.base, row.changes) == ("2026-1", {"need_low": 10})


def test_every_label_names_its_number_alone():
    from readiness.words import weights

    labels = [str(weights.full_label(path)) for path in SETTINGS]
    assert len(set(labels)) == len(SETTINGS)
    assert set(weights.SECTIONS) == set(settable.SECTIONS)


def test_quick_find_and_settings_lead_here(client, sign_in, interviewer):
    assert f'href="{WEIGHTS}"' in text(client.get(reverse("settings")))
    assert WEIGHTS in text(client.get(reverse("find"), {"q": "thresholds"}))
    assert WEIGHTS not in text(sign_in(interviewer).get(reverse("find"), {"q": "thresholds"}))


@pytest.mark.parametrize("language", ["fi", "ar", "zh-hans"])
def test_the_page_stands_in_every_direction(client, language):
    client.cookies["django_language"] = language
    assert f'lang="{language}"' in text(client.get(WEIGHTS))
