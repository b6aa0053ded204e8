"""The bell, what is new, and the page of choices."""

import re

import pytest

from accounts.models import Role
from hiring import applying
from hiring.models import JobMember
from mailroom import told
from mailroom.models import Notice, Wish
from tests.factories import make_member
from tests.hiring.factories import make_job

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


def apply(job, n=1):
    for i in range(n):
        person = {"name": f"Ada {i}", "email": f"ada{i}@mail.example"}
        applying.apply(job, person=person, answers={}, key=f"{job.pk}-{i}")


def bell(page) -> tuple[str, str]:
    """What the bell is called, and the number on it."""
    name = re.search(r'class="fh-tool" aria-label="(What is new[^"]*)"', page)[1]
    return name, re.search(r'id="news-count"[^>]*>([^<]*)<', page)[1]


def rows(page) -> list[str]:
    return re.findall(r'<li class="fh-news ?([\w-]*)">', page)


# -- the bell


@pytest.mark.parametrize(
    ("n", "name", "shown"),
    [
        (0, "What is new: nothing", ""),
        (1, "What is new: 1 thing", "1"),
        (9, "What is new: 9 things", "9"),
        (12, "What is new: 10 things", "9+"),
    ],
)
def test_the_bell_counts_to_nine(job, owner, sign_in, n, name, shown):
    apply(job, n)
    found = bell(sign_in(owner).get("/accounts/me/").content.decode())
    assert found == (name if n < 10 else "What is new: more than 9 things", shown)


@pytest.mark.parametrize("how", ["seen", "handled"])
def test_what_is_seen_or_done_is_not_counted(job, owner, sign_in, how):
    apply(job)
    notice = Notice.objects.get(member=owner)
    if how == "seen":
        told.seen(owner, up_to=notice.pk)
    else:
        told.handled("application", company_id=owner.company_id, about=notice.about_id)
    assert bell(sign_in(owner).get("/accounts/me/").content.decode())[1] == ""


def test_each_company_has_its_own_number(job, owner, rival, sign_in):
    second = make_member(rival.company, Role.OWNER, user=owner.user)
    apply(job)
    apply(make_job(rival.company), 2)
    numbers = [bell(sign_in(member).get("/accounts/me/").content.decode())[1] for member in (owner, second)]
    assert numbers == ["1", "2"]


@pytest.mark.parametrize("n", [1, 30])
def test_the_bell_costs_no_query_of_its_own(job, owner, sign_in, n, django_assert_num_queries):
    apply(job, n)
    client = sign_in(owner)
    client.get("/mail/told/")
    with django_assert_num_queries(4):  # who is asking, and the wishes
        client.get("/mail/told/")


def test_strangers_have_no_bell(client):
    assert "fh-bell" not in client.get("/").content.decode()


# -- what is new


def test_the_page_shows_the_newest_first_with_where_it_leads(job, owner, sign_in):
    apply(job, 2)
    page = sign_in(owner).get("/mail/new/").content.decode()
    assert re.findall(r">(Ada \d) has applied", page) == ["Ada 1", "Ada 0"]
    assert rows(page) == ["fh-news-new"] * 2


def test_reading_the_page_changes_nothing_and_the_button_does(job, owner, sign_in):
    apply(job)
    client = sign_in(owner)
    page = client.get("/mail/new/").content.decode()
    assert (Notice.objects.filter(seen_at=None, member=owner).count(), "Mark all as seen" in page) == (
        1,
        True,
    )
    client.post("/mail/new/seen/", {"up_to": Notice.objects.get(member=owner).pk})
    assert rows(client.get("/mail/new/").content.decode()) == [""]


def test_what_came_meanwhile_stays_new(job, owner, sign_in):
    apply(job)
    shown = Notice.objects.get(member=owner).pk
    apply(make_job(owner.company))
    answer = sign_in(owner).post("/mail/new/seen/", {"up_to": shown}, headers=HTMX).content.decode()
    assert (
        'hx-swap-oob="true">1</span>' in answer,
        Notice.objects.filter(member=owner, seen_at=None).count(),
    ) == (True, 1)


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 30, "٣", "1\x00"])
def test_an_odd_number_marks_nothing(job, owner, sign_in, up_to):
    apply(job)
    assert sign_in(owner).post("/mail/new/seen/", {"up_to": up_to}).status_code == 302
    assert Notice.objects.exclude(seen_at=None).count() == 0


def test_nobody_marks_what_is_anothers(job, owner, manager, rival, sign_in):
    apply(job)
    for member in (manager, rival):
        sign_in(member).post("/mail/new/seen/", {"up_to": 10**9})
    assert Notice.objects.get(member=owner).seen_at is None


def test_done_things_are_quiet(job, owner, sign_in):
    apply(job)
    told.handled("application", company_id=owner.company_id, about=Notice.objects.get(member=owner).about_id)
    assert rows(sign_in(owner).get("/mail/new/").content.decode()) == ["fh-news-over"]


def test_who_lost_the_right_to_it_sees_nothing_of_it(job, manager, rival, sign_in):
    apply(job)
    JobMember.objects.all().delete()
    assert [rows(sign_in(member).get("/mail/new/").content.decode()) for member in (manager, rival)] == [
        [],
        [],
    ]


def test_fifty_are_a_page_and_the_rest_is_behind_a_key(job, owner, sign_in):
    apply(job, 52)
    client = sign_in(owner)
    first = client.get("/mail/new/").content.decode()
    before = re.search(r"\?before=(\d+)", first)[1]
    second = client.get(f"/mail/new/?before={before}").content.decode()
    assert (len(rows(first)), len(rows(second)), "Newest" in second, "Earlier" in second) == (
        50,
        2,
        True,
        False,
    )


@pytest.mark.parametrize("before", ["x", "0", "-5", "9" * 40, "½"])
def test_an_odd_page_is_a_page(owner, sign_in, before):
    assert sign_in(owner).get("/mail/new/", {"before": before}).status_code == 200


def test_the_panel_is_the_first_few_of_the_same(job, owner, sign_in):
    apply(job, 12)
    part = sign_in(owner).get("/mail/new/", headers=HTMX).content.decode()
    assert (len(rows(part)), "<html" in part, 'hx-trigger="load, submit"' in part) == (8, False, True)


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(job, owner, sign_in, n, django_assert_num_queries):
    apply(job, n)
    client = sign_in(owner)
    client.get("/mail/new/")
    with django_assert_num_queries(5):  # who is asking, the notices, and what they are about
        client.get("/mail/new/")


def test_the_panel_leaves_out_what_is_done(job, owner, sign_in):
    apply(job, 2)
    told.handled(
        "application", company_id=owner.company_id, about=Notice.objects.filter(member=owner).first().about_id
    )
    assert len(rows(sign_in(owner).get("/mail/new/", headers=HTMX).content.decode())) == 1


def test_once_all_is_seen_there_is_no_button(job, owner, sign_in):
    apply(job)
    told.seen(owner, up_to=10**9)
    assert "Mark all as seen" not in sign_in(owner).get("/mail/new/").content.decode()


def test_nothing_new_says_so_with_one_button(owner, sign_in):
    page = sign_in(owner).get("/mail/new/").content.decode()
    assert ("Nothing new. When" in page, page.count("btn-primary")) == (True, 1)


# -- what each wants


def choices(page) -> dict:
    return dict(re.findall(r'name="(\w+)" value="(\w+)" checked', page))


# What somebody new can be told: of their plan, their replies, their meetings and reviews, and of the handbook.
FOR_NEW = {
    "answered",
    "draft_looked",
    "goal",
    "late",
    "looked",
    "meeting_action",
    "meeting_point",
    "meeting_today",
    "page_to_read",
    "probation_told",
    "proposal_answered",
    "review_waits",
}


def test_each_role_is_asked_about_what_it_can_get(owner, manager, interviewer, hire, sign_in):
    asked = {
        m.role: set(choices(sign_in(m).get("/mail/told/").content.decode()))
        for m in (owner, manager, interviewer, hire)
    }
    assert asked["hire"] == FOR_NEW
    waiting = {"given", "question_waits"}
    assert asked["interviewer"] - asked["hire"] == {"interview", "assigned", "booking", "card"} | waiting
    assert asked["owner"] - asked["manager"] == {"mail_failed"}
    assert "application" in asked["manager"]


def test_defaults_are_shown_and_a_choice_is_kept(hire, owner, sign_in):
    client = sign_in(hire)
    before = choices(client.get("/mail/told/").content.decode())
    assert before == dict.fromkeys(FOR_NEW, "once")
    client.post("/mail/told/", before | {"late": "digest", "application": "never"})
    assert choices(client.get("/mail/told/").content.decode())["late"] == "digest"
    assert set(Wish.objects.values_list("member", "kind")) == {(hire.pk, kind) for kind in before}


@pytest.mark.parametrize("value", ["", "often", "once\x00", "x" * 1000])
def test_a_choice_that_is_none_is_refused_and_nothing_is_lost(hire, sign_in, value):
    answer = sign_in(hire).post("/mail/told/", {"late": value, "answered": "never", "looked": "digest"})
    assert (answer.status_code, Wish.objects.count()) == (422, 0)
    assert choices(answer.content.decode())["answered"] == "never"


def test_it_is_linked_from_the_account_and_named_in_the_persons_zone(owner, sign_in):
    owner.user.timezone = "Pacific/Auckland"
    owner.user.save()
    client = sign_in(owner)
    assert 'href="/mail/told/"' in client.get("/accounts/me/").content.decode()
    assert "Pacific/Auckland" in client.get("/mail/told/").content.decode()


def test_these_pages_are_not_the_sent_mail(owner, sign_in):
    client = sign_in(owner)
    active = [
        re.findall(r'href="(/mail/)" aria-current', client.get(page).content.decode())
        for page in ("/mail/", "/mail/new/", "/mail/told/")
    ]
    assert [bool(found) for found in active] == [True, False, False]
