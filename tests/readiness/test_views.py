import pytest
from django.urls import reverse

from mailroom.models import Mail
from readiness import assessments
from readiness.models import Assessment
from tests.readiness.factories import BUSY, CALM, make_assessment, typed

CHECK, STRIP, ANSWER, PLAN = (reverse(f"readiness:{name}") for name in ("check", "strip", "answer", "plan"))
pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def test_a_stranger_gets_an_answer_without_an_account(client):
    response = client.post(CHECK, typed(), follow=True)
    assert response.redirect_chain == [(ANSWER, 302)]
    page = text(response)
    assert "<h1>Hire part-time now, about 15 hours a week.</h1>" in page
    assert "Firm: nothing you left open would change this." in page
    assert "You spend 25 hours on customers and 12 on the shop." in page
    assert "Your ratings are steady." in page
    assert 'href="/accounts/signup/?next=/hiring/start/"' in page
    assert not Assessment.objects.exists()


def test_a_strangers_answers_are_still_on_the_form(client):
    client.post(CHECK, typed())
    page = text(client.get(CHECK))
    assert 'name="support_hours" value="25"' in page
    assert 'value="2.5" id="id_oldest_days_2" checked' in page


def test_the_answer_of_nobody_leads_to_the_questions(client):
    assert client.get(ANSWER).url == CHECK


def test_looking_keeps_nothing(client):
    client.get(CHECK)
    client.post(STRIP, typed())
    assert assessments.SESSION not in client.session


def test_fewer_than_three_answers(client):
    page = text(client.post(CHECK, {"breath": "3"}))
    assert "2 more answers and we can say something." in page
    assert 'value="3" id="id_breath_3" checked' in page


def test_a_wrong_number_is_refused_beside_it_and_kept(client):
    page = text(client.post(CHECK, typed(support_hours="25 hours")))
    assert 'value="25 hours"' in page
    assert '<div class="invalid-feedback d-block" id="id_support_hours_error">' in page
    assert 'aria-describedby="id_support_hours_error"' in page


def test_arabic_digits_and_a_comma(client):
    page = text(client.post(CHECK, typed(support_hours="٢٥", brand_hours="12,0"), follow=True))
    assert "You spend 25 hours on customers and 12 on the shop." in page


@pytest.mark.parametrize("value", ["\x00", "x" * 10_000, "<script>", "\ud800", "'\"", "9" * 400])
def test_hostile_values_get_the_form_back(client, value):
    page = text(client.post(CHECK, typed(support_hours=value.encode("utf-8", "replace").decode())))
    assert "invalid-feedback" in page
    assert "<script>" not in page.replace('<script src="', "")


def test_the_strip_speaks(client):
    page = text(client.post(STRIP, typed()))
    assert "Your support week is 118 % full." in page
    assert "25 hours for 300 messages is 5 minutes each. Right?" in page


def test_the_strip_takes_yes(client):
    assert "Right?" not in text(client.post(STRIP, typed() | {"minutes_right": "1"}))


def test_the_strip_bears_half_a_number(client):
    assert "Your support week is 118 % full." in text(client.post(STRIP, typed(support_hours="2x")))


def test_other_minutes_change_the_hours(client):
    page = text(client.post(CHECK, typed(handle_minutes="8"), follow=True))
    assert "about 24 hours a week" in page


def test_not_yet_shows_three_bridges(client):
    page = text(client.post(CHECK, {k: str(v) for k, v in CALM.items()}, follow=True))
    assert "<h1>Not yet.</h1>" in page
    assert "Come back when you pass 170 messages a week." in page
    assert page.count("<h3>Let customers help themselves") == 1
    assert "Start hiring" not in page
    assert ">Hire anyway</a>" in page


def test_open_answers_are_named_with_their_page(client):
    page = text(client.post(CHECK, typed(afford="dont_know"), follow=True))
    assert "Likely: 1 open answer could still change it." in page
    assert f'Whether the shop can pay for help: <a href="{CHECK}">' in page


def test_a_member_gets_a_row(sign_in, manager):
    response = sign_in(manager).post(CHECK, typed(), follow=True)
    row = Assessment.objects.get()
    assert response.redirect_chain == [(reverse("readiness:show", args=[row.pk]), 302)]
    assert (row.company, row.created_by, row.answers) == (manager.company, manager.user, BUSY)
    assert 'href="/hiring/start/"' in text(response)


def test_double_submit_makes_one_result(sign_in, owner):
    client = sign_in(owner)
    assert client.post(CHECK, typed()).url == client.post(CHECK, typed()).url
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("name", ["overload", "feedback", "metrics", "growth"])
def test_steps_refine_the_answer(client, name):
    client.post(CHECK, typed())
    address = reverse("readiness:step", args=[name])
    assert "See the answer now" in text(client.get(address))
    assert client.post(address, {"go": "answer"}).url == ANSWER


def test_a_step_leads_to_the_next(client):
    client.post(CHECK, typed())
    overload, feedback = (reverse("readiness:step", args=[name]) for name in ("overload", "feedback"))
    response = client.post(overload, {"go": "next", "available_hours": "30", "handle_minutes": "7"})
    assert response.url == feedback
    page = text(client.get(ANSWER))
    assert "<h1>Hire now, about 21 hours a week.</h1>" in page
    assert '<dd class="fh-numbers">116.7</dd>' in page


def test_the_last_step_leads_to_the_answer(client):
    client.post(CHECK, typed())
    assert client.post(reverse("readiness:step", args=["growth"]), {"go": "next"}).url == ANSWER


def test_a_step_before_the_check_leads_to_the_check(client):
    response = client.post(reverse("readiness:step", args=["growth"]), {"orders_now": "5"}, follow=True)
    assert response.redirect_chain == [(CHECK, 302)]
    assert "3 more answers and we can say something." in text(response)


def test_a_step_refuses_beside_the_field(client):
    page = text(client.post(reverse("readiness:step", args=["feedback"]), {"stars_now": "6"}))
    assert "Write a number from 1 to 5." in page
    assert 'value="6"' in page


def test_an_unknown_step(client):
    assert client.get(reverse("readiness:step", args=["luck"])).status_code == 404


def test_the_plan_of_a_stranger_is_kept(client):
    client.post(CHECK, typed())
    page = text(client.post(PLAN, {"plan": "New <b>photos</b>"}, follow=True))
    assert 'value="New &lt;b&gt;photos&lt;/b&gt;"' in page


def test_the_plan_of_a_member_is_kept_with_the_result(sign_in, owner):
    row = make_assessment(owner.company, by=owner.user)
    sign_in(owner).post(PLAN, {"plan": "New photos"})
    row.refresh_from_db()
    assert row.plan == "New photos"


def test_too_long_a_plan_is_refused_beside_the_field(client):
    client.post(CHECK, typed())
    page = text(client.post(PLAN, {"plan": "x" * 501}))
    assert "at most 500 characters" in page
    assert "x" * 501 in page


def test_ask_again_posts_one_mail_for_later(sign_in, owner):
    row = make_assessment(owner.company, by=owner.user)
    client, address = sign_in(owner), reverse("readiness:remind", args=[row.pk])
    page = text(client.post(address, follow=True))
    client.post(address)
    mail = Mail.objects.get()
    assert (mail.recipient, mail.message) == (owner.email, "readiness_ask_again")
    assert (mail.due_at - mail.created_at).days in {27, 28}
    assert f"we ask again, once, by mail to {owner.email}." in page


def test_the_list_is_the_companys_own(sign_in, owner, rival):
    make_assessment(owner.company, by=owner.user)
    address = reverse("readiness:home")
    assert "Hire part-time now, about 15 hours a week." in text(sign_in(owner).get(address))
    page = text(sign_in(rival).get(address))
    assert "Hire part-time" not in page
    assert "Answer ten questions" in page


def test_a_rivals_result_is_missing(sign_in, owner, rival):
    row = make_assessment(owner.company, by=owner.user)
    for name in ("show", "remind"):
        missing = sign_in(rival).post(reverse(f"readiness:{name}", args=[row.pk]))
        assert missing.status_code == 404
    assert not Mail.objects.exists()


def test_staff_may_not_even_answer(sign_in, interviewer):
    assert sign_in(interviewer).post(CHECK, typed()).status_code == 403
    assert not Assessment.objects.exists()


def test_answers_from_before_signing_in_can_be_kept(sign_in, owner):
    client = sign_in(owner)
    session = client.session
    session[assessments.SESSION] = {"answers": BUSY, "result": assessments.compute(BUSY), "plan": ""}
    session.save()
    assert "You answered the check before you signed in." in text(client.get(reverse("readiness:home")))
    client.post(reverse("readiness:bring"))
    assert assessments.latest(owner.company).answers == BUSY


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_list_and_result(sign_in, owner, django_assert_num_queries, rows):
    for n in range(rows):
        made = make_assessment(owner.company, by=owner.user, breath=n)
        Assessment.objects.filter(pk=made.pk).update(created_at=f"2026-01-0{n + 1}T10:00Z")
    client = sign_in(owner)
    client.get("/")
    with django_assert_num_queries(7):
        client.get(reverse("readiness:home"))
    with django_assert_num_queries(7):
        client.get(reverse("readiness:show", args=[made.pk]))


def test_home_shows_the_answer_or_the_check(sign_in, owner, interviewer):
    assert "Answer ten questions" in text(sign_in(owner).get("/"))
    make_assessment(owner.company, by=owner.user)
    assert "Hire part-time now, about 15 hours a week." in text(sign_in(owner).get("/"))
    assert "Hire part-time" not in text(sign_in(interviewer).get("/"))


def test_every_judgement_of_ours_is_printed_with_the_result(client):
    page = text(client.post(CHECK, typed(), follow=True))
    assert "What is our judgement: configuration 2026-1" in page
    assert '<td class="fh-num">70 %</td> <td class="fh-num">110 %</td> <td class="fh-num">3</td>' in page


def test_a_result_of_a_forgotten_configuration_is_still_shown(sign_in, owner):
    row = make_assessment(owner.company, by=owner.user)
    Assessment.objects.update(result=row.result | {"version": "2020-1"})
    page = text(sign_in(owner).get(reverse("readiness:show", args=[row.pk])))
    assert "Hire part-time now, about 15 hours a week." in page
    assert "What is our judgement" not in page
