from django.urls import include, path

from onboarding import handbook_urls, library_urls, meeting_urls, paper_urls, plan_urls, reply_urls
from onboarding.views import accounts_given, changing, goals, mine, onward, plan, setups, steps
from onboarding.views import asking as asking_views
from onboarding.views import filling as filling_views

app_name = "onboarding"
urlpatterns = [
    *library_urls.patterns,
    *reply_urls.patterns,
    *paper_urls.patterns,
    path("", plan.home, name="home"),
    path("today/", mine.show_today, name="today"),
    path("ask/", mine.ask, name="ask"),
    path("<int:pk>/record/", filling_views.record, name="record"),
    path("<int:pk>/forms/add/", filling_views.compose, name="compose"),
    path("steps/<int:pk>/questions/", filling_views.reword, name="reword"),
    path("steps/<int:pk>/fill/", filling_views.fill, name="fill"),
    path("answer-hours/", asking_views.hours, name="hours"),
    path("me/", mine.me, name="me"),
    path("handbook/", include(handbook_urls)),
    path("when-to-ask-first/", mine.ask_first, name="ask_first"),
    path("when-to-ask-first/edit/", plan.edit_ask_first, name="edit_ask_first"),
    path("start/", plan.start, name="start"),
    path("<int:pk>/", plan.plan, name="plan"),
    path("<int:pk>/details/", plan.details, name="details"),
    path("<int:pk>/expectations/", plan.expectations, name="expectations"),
    path("<int:pk>/steps/add/", plan.add_step, name="add_step"),
    path("<int:pk>/start-date/", plan.move_start, name="move_start"),
    path("<int:pk>/cancel/", plan.cancel, name="cancel"),
    path("<int:pk>/take-back/", plan.take_back, name="plan_take_back"),
    path("goals/mine/", goals.mine, name="my_goals"),
    path("<int:pk>/goals/", goals.index, name="goals"),
    path("<int:pk>/goals/open/", goals.open_early, name="goals_open"),
    path("<int:pk>/goals/add/<slug:kind>/", goals.add, name="goal_add"),
    path("goals/<int:pk>/", goals.show, name="goal"),
    path("goals/<int:pk>/numbers.csv", goals.sheet, name="goal_sheet"),
    path("goals/<int:pk>/change/", goals.change, name="goal_change"),
    path("goals/<int:pk>/end/", goals.end, name="goal_end"),
    path("goals/<int:pk>/take-back/", goals.take_back, name="goal_take_back"),
    path("goals/<int:pk>/numbers/", goals.read, name="goal_read"),
    path("goals/numbers/<int:pk>/", goals.correct, name="reading"),
    path("goals/numbers/<int:pk>/remove/", goals.remove, name="reading_remove"),
    path("goals/numbers/<int:pk>/take-back/", goals.reading_take_back, name="reading_take_back"),
    path("learned/", onward.learned, name="learned"),
    path("<int:pk>/settled/", onward.settled, name="settled"),
    path("<int:pk>/settled/say/", onward.settle, name="settle"),
    path("<int:pk>/settled/take-back/", onward.take_back, name="onward_take_back"),
    path("<int:pk>/learned/", onward.lesson, name="lesson"),
    path("<int:pk>/learned/take-back/", onward.lesson_take_back, name="lesson_take_back"),
    path("<int:pk>/accounts/", accounts_given.show, name="accounts_given"),
    path("<int:pk>/accounts/add/", accounts_given.add, name="account_add"),
    path("<int:pk>/accounts/<slug:key>/", accounts_given.change, name="account_change"),
    *[
        path(
            f"<int:pk>/accounts/<slug:key>/{verb.replace('_', '-')}/",
            accounts_given.act,
            {"verb": verb},
            name=f"account_{verb}",
        )
        for verb in accounts_given.ACTS
    ],
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
    *meeting_urls.patterns,
    *plan_urls.patterns,
]
