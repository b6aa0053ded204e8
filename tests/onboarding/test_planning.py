"""Plans to begin with: their drafts and versions, the editor, and what nobody on their way notices of it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import escape

from accounts import conflicts, deleting
from onboarding import countries, planning, plans, steps
from onboarding.kinds import Rule, When
from onboarding.models import PlanTemplate, PlanVersion, TemplateStep
from tests.factories import make_company
from tests.onboarding.factories import make_onboarding, step_of
from tests.onboarding.test_plan_pages import IDENTITY
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
HOSTILE = ["{{ customer.first_name }}", "{% now 'Y' %}", "<script>alert(1)</script>", "\u202eright to left"]


@pytest.fixture
def template(company) -> PlanTemplate:
    return plans.default_version(company).template


@pytest.fixture
def olga(owner, sign_in):
    return sign_in(owner)


def values(**more):
    said = {
        "title": "Meet the team",
        "body": "",
        "kind": "task",
        "owner": "hire",
        "partner": "",
        "rule": Rule.DAY,
        "number": 1,
        "after": "",
        "when": When.ALWAYS,
        "country": "",
        "skill": "",
        "required": True,
        "minutes": 15,
        "at": None,
    }
    return said | more


def typed(**more):
    said = {name: value for name, value in values().items() if name not in {"rule", "at"}}
    return {
        name: value
        for name, value in (said | {"counted": "day", "required": "on"} | more).items()
        if value != ""
    }


def refs(version):
    return list(version.steps.values_list("ref", flat=True))


def post(client, name, /, *args, **data):
    return client.post(reverse(f"onboarding:{name}", args=args), data)


def page(client, name, *args):
    return client.get(reverse(f"onboarding:{name}", args=args)).content.decode()


class TestTheDraft:
    def test_holds_what_is_changed_until_it_is_saved(self, template, owner):
        step = planning.add_step(template, by=owner, values=values())
        assert refs(template.versions.newest()) == refs(planning.draft_of(template))[:-1]
        assert refs(planning.draft_of(template))[-1] == step.ref

    def test_is_nothing_that_an_onboarding_copies(self, template, owner, company, clock):
        planning.add_step(template, by=owner, values=values())
        assert not make_onboarding(company, manager=owner).steps.filter(title="Meet the team").exists()
        planning.save(template, by=owner, seen=None)
        assert make_onboarding(company, manager=owner).steps.filter(title="Meet the team").exists()

    def test_saved_is_the_next_version_with_who_and_why(self, template, owner):
        planning.add_step(template, by=owner, values=values())
        version = planning.save(template, by=owner, seen=None, note="A round of hands")
        assert (version.number, version.saved_by, version.note) == (2, owner, "A round of hands")
        assert planning.draft_of(template) is None

    def test_saved_from_an_older_page_is_refused(self, template, owner):
        planning.add_step(template, by=owner, values=values())
        seen = planning.draft_of(template).revision
        planning.add_step(template, by=owner, values=values(title="Another"))
        with pytest.raises(conflicts.Changed):
            planning.save(template, by=owner, seen=seen)
        assert template.versions.saved().count() == 1

    def test_without_a_change_there_is_nothing_to_save(self, template, owner):
        with pytest.raises(planning.Refused, match="Nothing was changed"):
            planning.save(template, by=owner, seen=None)

    def test_thrown_away_leaves_the_version(self, template, owner):
        before = refs(template.versions.newest())
        planning.remove_step(template, "values", by=owner)
        assert planning.throw_away(template, by=owner, seen=None) is True
        assert refs(planning.shown(template)) == before
        assert planning.throw_away(template, by=owner, seen=None) is False

    def test_there_is_one_of_each_plan(self, template, owner):
        planning.add_step(template, by=owner, values=values())
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanVersion.objects.create(company=template.company, template=template, number=9, saved_at=None)


class TestAStep:
    def test_unchanged_words_stay_the_catalogues(self, template, owner):
        row = template.versions.newest().steps.get(ref="values")
        planning.change_step(
            template, "values", by=owner, seen=1, values=values(title=row.label, body=row.text, number=2)
        )
        changed = planning.draft_of(template).steps.get(ref="values")
        assert (changed.title, changed.body, changed.number, changed.revision) == ("", "", 2, 2)

    def test_own_words_are_kept_as_typed(self, template, owner):
        for text in HOSTILE:
            step = planning.add_step(template, by=owner, values=values(title=text, body=text))
            assert (step.label, step.text) == (text, text)

    def test_changed_in_two_windows_is_a_conflict(self, template, owner):
        planning.change_step(template, "values", by=owner, seen=1, values=values())
        with pytest.raises(conflicts.Changed):
            planning.change_step(template, "values", by=owner, seen=1, values=values(title="Mine"))

    def test_that_is_gone_cannot_be_changed(self, template, owner):
        planning.remove_step(template, "values", by=owner)
        with pytest.raises(planning.Refused, match="not in the plan any more"):
            planning.change_step(template, "values", by=owner, seen=1, values=values())

    def test_that_others_follow_is_not_removed(self, template, owner):
        planning.add_step(template, by=owner, values=values(rule=Rule.AFTER, after="values"))
        with pytest.raises(planning.Refused, match="“Meet the team” follows this one"):
            planning.remove_step(template, "values", by=owner)

    @pytest.mark.parametrize("after", ["nowhere", "one", "two"])
    def test_follows_neither_itself_nor_its_own_followers_nor_nothing(self, template, owner, after):
        one = planning.add_step(template, by=owner, values=values(rule=Rule.AFTER, after="values"))
        two = planning.add_step(template, by=owner, values=values(rule=Rule.AFTER, after=one.ref))
        after = {"one": one.ref, "two": two.ref}.get(after, after)
        with pytest.raises(planning.Refused, match="cannot follow"):
            planning.change_step(
                template, one.ref, by=owner, seen=1, values=values(rule=Rule.AFTER, after=after)
            )

    def test_what_it_followed_is_forgotten_with_the_rule(self, template, owner):
        step = planning.add_step(template, by=owner, values=values(after="values"))
        assert step.after == ""

    def test_a_plan_has_an_end(self, template, owner, monkeypatch):
        monkeypatch.setattr(planning, "MOST_STEPS", template.versions.newest().steps.count())
        with pytest.raises(planning.Refused, match="at most"):
            planning.add_step(template, by=owner, values=values())


class TestTheOrder:
    @pytest.mark.parametrize(
        ("ref", "way", "order"),
        [
            ("b", {"to": "up"}, "bac"),
            ("b", {"to": "down"}, "acb"),
            ("a", {"to": "up"}, "abc"),
            ("c", {"to": "down"}, "abc"),
            ("c", {"before": "a"}, "cab"),
            ("a", {"before": ""}, "bca"),
            ("a", {"before": "gone"}, "bca"),
            ("a", {"to": "sideways"}, "abc"),
        ],
    )
    def test_of_steps(self, company, owner, ref, way, order):
        template = planning.make(company, by=owner, name="Three")
        for position, name in enumerate("abc", 1):
            TemplateStep.objects.create(
                company=company, version=template.versions.get(), ref=name, position=position, title=name
            )
        planning.move_step(template, ref, by=owner, **way)
        assert "".join(refs(planning.draft_of(template))) == order

    def test_of_a_step_that_is_gone(self, template, owner):
        with pytest.raises(planning.Refused):
            planning.move_step(template, "gone", by=owner, to="up")


class TestVersions:
    @pytest.fixture
    def second(self, template, owner):
        planning.remove_step(template, "values", by=owner)
        return planning.save(template, by=owner, seen=None)

    def test_going_back_makes_a_new_one(self, template, second, owner):
        again = planning.go_back(template, 1, by=owner)
        assert (again.number, again.note) == (3, "Version 1 once more")
        assert refs(again) == refs(template.versions.get(number=1))

    def test_going_back_to_the_newest_changes_nothing(self, template, second, owner):
        assert planning.go_back(template, 2, by=owner) == second
        assert template.versions.count() == 2

    def test_going_back_with_changes_unsaved_is_refused(self, template, second, owner):
        planning.remove_step(template, "tone_guide", by=owner)
        with pytest.raises(planning.Refused, match="not saved yet"):
            planning.go_back(template, 1, by=owner)

    @pytest.mark.parametrize("number", [0, 9])
    def test_an_unknown_one_is_refused(self, template, owner, number):
        with pytest.raises(planning.Refused, match="no such version"):
            planning.go_back(template, number, by=owner)

    def test_an_earlier_one_stays_as_it_was(self, template, second):
        assert "values" in refs(template.versions.get(number=1))
        assert "values" not in refs(template.versions.get(number=2))


class TestPlans:
    def test_a_copy_has_every_step_and_rule(self, template, company, owner):
        made = planning.make(company, by=owner, name="Saturdays", of=template)
        fields = planning.COPIED
        assert list(made.versions.get().steps.values(*fields)) == list(
            template.versions.newest().steps.values(*fields)
        )

    def test_a_copy_is_of_what_was_saved(self, template, company, owner):
        planning.remove_step(template, "values", by=owner)
        assert "values" in refs(planning.make(company, by=owner, name="x", of=template).versions.get())

    def test_another_can_be_what_new_hires_get(self, template, company, owner, clock):
        made = planning.make(company, by=owner, name="Saturdays")
        planning.add_step(made, by=owner, values=values())
        planning.save(made, by=owner, seen=None)
        assert planning.choose_default(made, by=owner) is True
        assert planning.choose_default(made, by=owner) is False
        assert [s.label for s in make_onboarding(company, manager=owner).steps.all()] == ["Meet the team"]

    def test_one_is_chosen_by_hand(self, template, company, owner, clock):
        made = planning.make(company, by=owner, name="Saturdays")
        assert make_onboarding(company, manager=owner, template=made).steps.count() == 0

    def test_the_one_for_new_hires_is_not_deleted(self, template, owner):
        with pytest.raises(deleting.Refused, match="Choose another"):
            planning.delete(template, by=owner)

    def test_deleted_and_purged_nobody_loses_anything(self, company, owner, clock):
        template = plans.default_version(company).template
        plan = make_onboarding(company, manager=owner)
        steps.tick(step_of(plan, "values"), by=plan.hire)
        planning.choose_default(planning.make(company, by=owner, name="Other"), by=owner)
        planning.delete(template, by=owner)
        count = plan.steps.count()
        PlanTemplate.everything.get(pk=template.pk).delete()
        plan.refresh_from_db()
        assert (plan.version, plan.steps.count(), step_of(plan, "values").state) == (None, count, "done")

    def test_deleted_meanwhile_it_is_not_changed(self, company, owner):
        made = planning.make(company, by=owner, name="Saturdays")
        planning.delete(made, by=owner)
        with pytest.raises(planning.Refused, match="deleted this plan meanwhile"):
            planning.add_step(made, by=owner, values=values())

    def test_what_a_country_asks_for_is_added_once(self, template, owner):
        assert planning.add_country(template, by=owner, country="PL") == len(countries.PL)
        assert planning.add_country(template, by=owner, country="PL") == 0

    def test_the_trail_says_what_was_done(self, template, owner):
        planning.rename(template, by=owner, name="Ours")
        planning.rename(template, by=owner, name="Ours")
        assert list(TrailEntry.objects.values_list("action", flat=True)) == ["plan.renamed"]


class TestConditions:
    @pytest.mark.parametrize(
        ("condition", "person", "there"),
        [
            ({"when": When.REMOTE}, {"remote": True}, True),
            ({"when": When.REMOTE}, {"remote": False}, False),
            ({"when": When.ON_SITE}, {"remote": False}, True),
            ({"when": When.FIRST}, {}, True),
            ({"country": "PL"}, {"country": "PL"}, True),
            ({"country": "PL"}, {}, False),
            ({"country": "FI"}, {}, True),
            ({"skill": "writes"}, {"weak_skills": ["Writes clearly"]}, True),
            ({"skill": "writes"}, {"weak_skills": ["Calm"]}, False),
            ({"skill": "writes"}, {}, False),
            ({"when": When.REMOTE, "country": "FI"}, {"remote": True}, True),
            ({"when": When.REMOTE, "country": "PL"}, {"remote": True}, False),
        ],
    )
    def test_all_have_to_hold(self, company, owner, clock, condition, person, there):
        made = planning.make(company, by=owner, name="One")
        planning.add_step(made, by=owner, values=values(**condition))
        planning.save(made, by=owner, seen=None)
        plan = make_onboarding(company, manager=owner, template=made, **person)
        assert plan.steps.filter(title="Meet the team").exists() is there


class TestPages:
    def test_a_step_is_added_changed_and_saved_without_javascript(self, template, olga):
        post(olga, "template_step_add", template.pk, **typed(counted="before", number=3))
        draft = planning.draft_of(template)
        step = draft.steps.get(title="Meet the team")
        assert (step.rule, step.number) == (Rule.DAY, -3)
        answer = post(
            olga, "template_step", template.pk, step.ref, **typed(title="Meet all", number=4, seen=1)
        )
        assert answer.url.endswith(f"#step-{step.ref}")
        seen = planning.draft_of(template).revision
        post(olga, "template_save", template.pk, seen=seen, note="Better")
        assert template.versions.newest().steps.get(ref=step.ref).label == "Meet all"

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"counted": "day", "number": 0}, "Between 1 and 500 here."),
            ({"counted": "week", "number": 0}, "Between 1 and 100 here."),
            ({"counted": "after", "number": 1}, "Choose the step it follows."),
            ({"partner": "hire"}, "That is who does it already."),
            ({"minutes": 0}, "Between 1 and 480 minutes."),
            ({"counted": "never"}, "Select a valid choice"),
            ({"country": "XX"}, "Select a valid choice"),
            ({"title": ""}, "This field is required."),
        ],
    )
    def test_bad_input_is_said_beside_the_field_and_kept(self, template, olga, said, sentence):
        answer = post(olga, "template_step_add", template.pk, **typed(body="Bring cake", **said))
        assert (answer.status_code, "Bring cake" in answer.content.decode()) == (422, True)
        assert sentence in answer.content.decode()
        assert planning.draft_of(template) is None

    def test_two_windows_show_both_texts(self, template, olga, owner):
        planning.change_step(template, "values", by=owner, seen=1, values=values(title="Theirs"))
        answer = post(olga, "template_step", template.pk, "values", **typed(title="Mine", seen=1))
        shown = answer.content.decode()
        assert (answer.status_code, "Theirs" in shown, "Mine" in shown) == (409, True, True)

    def test_saving_from_an_older_page_says_so(self, template, olga, owner):
        planning.add_step(template, by=owner, values=values())
        answer = post(olga, "template_save", template.pk, seen=1)
        assert (answer.status_code, "changed in another window" in answer.content.decode()) == (409, True)

    def test_arrows_and_a_drop_move_a_step(self, template, olga):
        order = refs(template.versions.newest())
        post(olga, "template_step_move", template.pk, order[1], to="up")
        post(olga, "template_step_move", template.pk, order[3], to="before", before=order[2])
        assert refs(planning.draft_of(template))[:4] == [order[1], order[0], order[3], order[2]]

    def test_a_step_shows_when_it_is_due_and_for_whom(self, template, olga, owner):
        more = {"rule": Rule.AFTER, "after": "values", "number": 2, "country": "PL", "skill": "Calm"}
        step = planning.add_step(template, by=owner, values=values(**more))
        shown = page(olga, "template", template.pk)
        for words in (
            "2 working days after “Read what matters to us: our values”",
            "Only in: Poland",
            "When weak: Calm",
            "10 working days before the start",
            "10 working days before the end of probation",
            "the last working day of probation",
            "30 calendar days after the start",
            "end of week 12",
        ):
            assert words in shown
        assert "Calm" in page(olga, "template_step", template.pk, step.ref)

    def test_what_a_country_asks_for_is_no_legal_advice(self, template, olga):
        assert "not legal advice; last checked" in page(olga, "template_step", template.pk, "fi_terms")
        assert "not legal advice; last checked" not in page(olga, "template_step", template.pk, "values")

    @pytest.mark.parametrize("text", [text for text in HOSTILE if "{%" not in text])
    def test_texts_are_shown_as_typed(self, template, olga, owner, text):
        planning.add_step(template, by=owner, values=values(title=text))
        assert escape(text) in page(olga, "template", template.pk)

    def test_a_plan_is_made_copied_renamed_chosen_and_deleted(self, template, olga, company):
        post(olga, "template_make", name="Empty")
        post(olga, "template_copy", template.pk, name="Saturdays")
        made = PlanTemplate.objects.get(name="Saturdays")
        post(olga, "template_rename", made.pk, name="Weekends")
        post(olga, "template_default", made.pk)
        post(olga, "template_delete", template.pk)
        rows = PlanTemplate.objects.for_company(company).order_by("name").values_list("name", "is_default")
        assert list(rows) == [("Empty", False), ("Weekends", True)]

    def test_going_back_is_a_button(self, template, olga, owner):
        planning.remove_step(template, "values", by=owner)
        planning.save(template, by=owner, seen=None)
        assert "Go back to this version" in page(olga, "template_version", template.pk, 1)
        assert "Go back to this version" not in page(olga, "template_version", template.pk, 2)
        post(olga, "template_go_back", template.pk, 1)
        assert "Version 1 once more" in page(olga, "template_versions", template.pk)

    def test_a_draft_is_no_version_to_look_at(self, template, olga, owner):
        planning.add_step(template, by=owner, values=values())
        assert olga.get(reverse("onboarding:template_version", args=[template.pk, 2])).status_code == 404

    def test_another_companys_plan_is_not_there(self, olga):
        other = plans.default_version(make_company("Rival")).template
        for name in ("template", "template_versions", "template_step_add"):
            assert olga.get(reverse(f"onboarding:{name}", args=[other.pk])).status_code == 404

    def test_a_deleted_plan_is_not_there(self, olga, company, owner):
        made = planning.make(company, by=owner, name="Gone")
        planning.delete(made, by=owner)
        assert olga.get(reverse("onboarding:template", args=[made.pk])).status_code == 404

    def test_a_shop_without_one_is_offered_ours(self, olga, company):
        assert "Look at the plan" in page(olga, "templates")
        assert not PlanTemplate.objects.exists()
        post(olga, "template_begin")
        assert PlanTemplate.objects.get().company == company

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_costs_one_query(self, company, owner, olga, count, django_assert_num_queries):
        for n in range(count):
            planning.make(company, by=owner, name=f"Plan {n}")
        page(olga, "templates")
        with django_assert_num_queries(IDENTITY + 1):
            page(olga, "templates")

    @pytest.mark.parametrize("count", [10, 490])
    def test_the_editor_costs_five_queries(self, company, owner, olga, count, django_assert_num_queries):
        template = planning.make(company, by=owner, name="Long")
        version = template.versions.get()
        TemplateStep.objects.bulk_create(
            TemplateStep(company=company, version=version, ref=f"s{n}", position=n, title=f"Step {n}")
            for n in range(count)
        )
        page(olga, "templates")
        with django_assert_num_queries(IDENTITY + 5):
            page(olga, "template", template.pk)
