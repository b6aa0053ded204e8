from django.urls import path

from onboarding.views import changing, library, mine, plan, setups, steps

app_name = "onboarding"
urlpatterns = [
    path("", plan.home, name="home"),
    path("today/", mine.show_today, name="today"),
    path("ask/", mine.ask, name="ask"),
    path("me/", mine.me, name="me"),
    path("when-to-ask-first/", mine.ask_first, name="ask_first"),
    path("when-to-ask-first/edit/", plan.edit_ask_first, name="edit_ask_first"),
    path("examples/", library.index, name="examples"),
    path("examples/new/", library.add, name="add_example"),
    path("examples/<slug:code>/", library.show, name="example"),
    path("examples/<slug:code>/edit/", library.edit, name="edit_example"),
    path("examples/<slug:code>/archive/", library.archive, name="archive_example"),
    path("examples/<slug:code>/put-back/", library.restore, name="restore_example"),
    path("examples/<slug:code>/checked/", library.checked, name="example_checked"),
    path("tone/", library.show_tone, name="tone"),
    path("tone/edit/", library.edit_tone, name="edit_tone"),
    path("start/", plan.start, name="start"),
    path("<int:pk>/", plan.plan, name="plan"),
    path("<int:pk>/details/", plan.details, name="details"),
    path("<int:pk>/expectations/", plan.expectations, name="expectations"),
    path("<int:pk>/steps/add/", plan.add_step, name="add_step"),
    path("<int:pk>/start-date/", plan.move_start, name="move_start"),
    path("<int:pk>/cancel/", plan.cancel, name="cancel"),
    path("<int:pk>/take-back/", plan.take_back, name="plan_take_back"),
    path("questions/<int:pk>/answer/", plan.answer, name="answer"),
    path("questions/<int:pk>/take-back/", plan.answer_take_back, name="answer_take_back"),
    path("setup/<int:pk>/", setups.show, name="setup"),
    path("setup/<int:pk>/add/", setups.add, name="setup_add"),
    path("setup/<int:pk>/address/", setups.address, name="setup_address"),
    path("setup/<int:pk>/help-desk/", setups.desk, name="setup_desk"),
    path("setup/<int:pk>/first/", setups.first, name="setup_first"),
    path("setup/<int:pk>/country/", setups.country, name="setup_country"),
    path("setup/<int:pk>/country/take-back/", setups.country_take_back, name="setup_country_back"),
    path("setup/items/<int:pk>/", setups.item, name="setup_item"),
    *[
        path(
            f"setup/items/<int:pk>/{verb.replace('_', '-')}/",
            setups.act,
            {"verb": verb},
            name=f"setup_{verb}",
        )
        for verb in setups.ACTS
    ],
    path("steps/<int:pk>/", steps.show, name="step"),
    path("steps/<int:pk>/change/", changing.change, name="change_step"),
    path("steps/<int:pk>/change/take-back/", changing.take_back, name="take_back_change"),
    *[
        path(f"steps/<int:pk>/{verb.replace('_', '-')}/", steps.act, {"verb": verb}, name=verb)
        for verb in steps.ACTS
    ],
]
