"""`manage.py staffing` and `manage.py assess`: the figures of the pages, nothing stored, refusals in a sentence."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from readiness import staffing
from tests.readiness.logs import event_log, growing_and_cut
from tests.readiness.test_mailbox import ANNA, SHOP, mail
from tests.readiness.test_shopdata import orders, reviews


def run(*arguments) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def as_json(*arguments) -> dict:
    return json.loads(run(*arguments, "--json"))


# -- mail


def test_mail_gives_the_worked_example():
    found = as_json("staffing", "mail", "--tickets", 400, "--minutes", 7)
    assert found == {
        "work_hours_a_week": pytest.approx(46.6666667),
        "paid_hours_a_week": pytest.approx(78.4313725),
        "people_of_full_time": pytest.approx(1.9607843),
    }


def test_mail_with_hours_tells_load_and_backlog():
    found = as_json("staffing", "mail", "--tickets", 400, "--minutes", 7, "--hours", 50, "--backlog", 30)
    assert found["load"] == pytest.approx(0.9333333)
    assert found["backlog_in_a_week"] == pytest.approx(1.4285714)
    assert found["weeks_to_clear"] == pytest.approx(1.05)
    assert found["oldest_in_weeks"] == pytest.approx(0.07)


def test_what_never_ends_is_said_or_null():
    asked = ("staffing", "mail", "--tickets", 400, "--minutes", 7, "--hours", 40, "--backlog", 30)
    assert "weeks to clear: never ends" in run(*asked)
    assert as_json(*asked)["weeks_to_clear"] is None


def test_hours_of_nothing_are_answered():
    found = as_json("staffing", "mail", "--tickets", 0, "--minutes", 0, "--hours", 0)
    assert (found["load"], found["backlog_in_a_week"]) == (0, 0)


def test_an_occupancy_of_nothing_is_refused():
    with pytest.raises(CommandError, match="occupancy of nothing"):
        run("staffing", "mail", "--tickets", 4, "--minutes", 7, "--occupancy", 0)


# -- calls


def test_calls_give_people_and_roster():
    found = as_json("staffing", "calls", "--calls", 200, "--seconds", 180)
    assert found["erlang"] == pytest.approx(10)
    assert (found["people_at_work"], found["people_to_employ"]) == (14, 20)
    assert [row["people"] for row in found["beside_each_other"]] == [13, 14, 15]
    assert found["beside_each_other"][1]["service_level"] == pytest.approx(0.8883500191794669)


def test_callers_who_hang_up_are_told_on_request():
    found = as_json("staffing", "calls", "--calls", 200, "--seconds", 180, "--patience", 300)
    impatient = staffing.erlang_a(14, 10, handle_time=180, patience=300, within=20)
    assert found["with_callers_who_hang_up"]["abandons"] == pytest.approx(impatient.abandons)
    assert found["with_callers_who_hang_up"]["served_within"] == pytest.approx(impatient.served_within)


def test_the_text_has_a_line_for_each_number_of_people():
    lines = run("staffing", "calls", "--calls", 200, "--seconds", 180, "--patience", 300).splitlines()
    assert "people at work: 14" in lines
    assert [line.split(",")[0].strip() for line in lines if line.startswith("  people")] == [
        "people 13",
        "people 14",
        "people 15",
    ]
    assert "  abandons: 0.01398" in lines


def test_a_stricter_promise_takes_more_people():
    usual = as_json("staffing", "calls", "--calls", 200, "--seconds", 180)["people_at_work"]
    asked = ("staffing", "calls", "--calls", 200, "--seconds", 180, "--share", 0.95, "--within", 10)
    assert as_json(*asked)["people_at_work"] > usual


def test_a_call_of_no_length_is_refused():
    with pytest.raises(CommandError, match="takes some seconds"):
        run("staffing", "calls", "--calls", 200, "--seconds", 0)


@pytest.mark.parametrize("wrong", ["x", "-5", "nan", "1e18", "inf", ""])
def test_numbers_that_cannot_be_are_refused(wrong):
    with pytest.raises(CommandError, match="tickets"):
        run("staffing", "mail", f"--tickets={wrong}", "--minutes", 7)


@pytest.mark.parametrize("wrong", ["1", "1.2", "-0.1", "nan"])
def test_a_share_is_below_one(wrong):
    with pytest.raises(CommandError, match="share"):
        run("staffing", "calls", "--calls", 9, "--seconds", 9, f"--share={wrong}")


# -- assess


def tickets(weeks=20, each=12, header="id,created,solved"):
    """A log that grows, two hours a ticket: `weeks` whole weeks from a Monday on."""
    lines = [header]
    for week in range(weeks):
        for n in range(each + week):
            day = f"2024-{1 + (week * 7) // 28:02}-{1 + (week * 7) % 28 + n % 5:02}"
            lines.append(f"{week}-{n},{day} 09:{n % 60:02}:00,{day} 11:{n % 60:02}:00")
    return "\n".join(lines)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(tickets(), encoding="utf-8")
    return path


@pytest.fixture
def answers(tmp_path):
    def write(text):
        path = tmp_path / "answers.json"
        path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return path

    return write


FULL_WEEK = {"support_hours": 30, "brand_hours": 10, "afford": "yes", "handover_hours": 25}


def test_a_log_alone_is_counted(log):
    found = as_json("assess", log)
    assert found["log"]["cases"] == sum(12 + week for week in range(20))
    assert (found["log"]["first"], found["log"]["rejected"]) == ("2024-01-01", 0)
    assert found["result"]["version"]


def test_answers_come_on_top(log, answers):
    given = answers(FULL_WEEK)
    assert as_json("assess", log, "--answers", given)["result"]["recommendation"] == "hire_now"
    assert "Hire now, about 25 hours a week." in run("assess", log, "--answers", given)


def test_the_text_names_reasons_for_and_against(log, answers):
    lines = run("assess", log, "--answers", answers(FULL_WEEK)).splitlines()
    assert lines[0].endswith("0 rows left out.")
    assert [line[0] for line in lines if line[:2] in {"+ ", "- "}].count("+") == 3


def test_what_traps_a_reader_is_named(tmp_path):
    path = tmp_path / "events.csv"
    path.write_bytes(event_log(growing_and_cut()))
    found = as_json("assess", path)["log"]
    assert (found["traps"], found["evidence"]) == (["cut"], "strong")
    assert "Trap: cut" in run("assess", path)


def test_columns_may_be_named(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(tickets(header="id,made,gone"), encoding="utf-8")
    named = as_json("assess", path, "--created", "gone")
    assert named["log"]["cases"] == sum(12 + week for week in range(20))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--created", "nothing"], "No column is called nothing. There are: id, created, solved"),
        (["--zone", "Mars/Olympus"], "No time zone is called Mars/Olympus."),
        (["--zone", "../etc/passwd"], "No time zone is called"),
    ],
)
def test_wrong_names_get_a_sentence(log, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run("assess", log, *arguments)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "empty"),
        ("one column\n1\n", "no_columns"),
        ("a,b\n", "no_rows"),
        ("a,b\n1,2\n3,4\n", "No column looks like a date"),
        ("id,created\n1,2024-01-01\n", None),
        ("id,created\n1,03/04/2024\n2,05/06/2024\n", "03/04/2024 can be read in two ways"),
        ("id,created\n1,2024-13-45\n2,2024-02-30\n", "No column looks like a date"),
    ],
)
def test_files_that_cannot_be_counted(tmp_path, text, sentence):
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    if sentence is None:
        assert "Too little is known" in run("assess", path)
        return
    with pytest.raises(CommandError, match=sentence):
        run("assess", path)


def test_an_order_of_dates_may_be_said(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("id,created\n1,03/04/2024\n2,05/06/2024\n", encoding="utf-8")
    first = {order: as_json("assess", path, "--order", order)["log"]["first"] for order in ("dmy", "mdy")}
    assert first == {"dmy": "2024-04-03", "mdy": "2024-03-04"}


def test_dates_nobody_can_read_are_refused_when_named(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("id,created,other\n1,2024-01-01,x\n2,2024-01-02,y\n", encoding="utf-8")
    with pytest.raises(CommandError, match="cannot be read"):
        run("assess", path, "--created", "other")


def test_events_need_their_case(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("a,created\n1,2024-01-01\n2,2024-01-02\n", encoding="utf-8")
    with pytest.raises(CommandError, match="need the column of the case"):
        run("assess", path, "--shape", "events")


def test_all_rows_wrong_is_no_answer(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("id,created\n1,1912-01-01\n2,1913-01-02\n", encoding="utf-8")
    with pytest.raises(CommandError, match="nothing_left"):
        run("assess", path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run("assess", tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("[1, 2]", "an object of names"), ("{", "Expecting property name"), ('"x"', "an object of names")],
)
def test_answers_that_are_none(log, answers, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        run("assess", log, "--answers", answers(text))


WRONG = [
    *({"support_hours": number} for number in ("many", -3, 1e18, float("inf"), float("nan"), True, [3])),
    *({"afford": "perhaps"}, {"ratings": 3}, {"trend": [3]}, {"live_chat": "yes"}, {"live_chat": 1}),
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_answers_that_cannot_be(log, answers, wrong):
    with pytest.raises(CommandError, match=f"cannot be an answer: {next(iter(wrong))}"):
        run("assess", log, "--answers", answers(wrong))


@pytest.mark.parametrize("given", [{"support_hours": None}, {"unknown": 3}, {"live_chat": True}, {}], ids=str)
def test_answers_left_open_or_unknown_do_no_harm(log, answers, given):
    alone = as_json("assess", log)["result"]["need"]
    assert as_json("assess", log, "--answers", answers(given))["result"]["need"] == alone


# -- other files


@pytest.fixture
def box(tmp_path):
    """Thirty customers, a question a day about a parcel with its number, each answered after two hours."""
    mails = []
    for n in range(30):
        ids = {"id": f"c{n}"}
        mails.append(mail(f"c{n}@one.example", SHOP, f"Parcel {n} late", 24 * n, **ids))
        mails.append(mail(SHOP, f"c{n}@one.example", f"Re: Parcel {n} late", 24 * n + 2, answers=f"c{n}"))
    path = tmp_path / "box"
    path.write_bytes(b"".join(mails))
    return path


def test_a_mailbox_is_counted_like_a_log(box):
    log = as_json("assess", box)["log"]
    assert (log["cases"], log["first_reply_hours"], log["repeated"]) == (30, 2.0, 1.0)
    assert log["subjects"] == [["Parcel … late", 30]]


def test_what_is_asked_again_and_again_is_named(box):
    assert "Asked again and again: Parcel … late (30)" in run("assess", box)


def test_whose_mailbox_it_is_may_be_said(tmp_path):
    path = tmp_path / "box"
    path.write_bytes(mail(ANNA, SHOP, "Tea?"))
    with pytest.raises(CommandError, match="--own"):
        run("assess", path)
    assert as_json("assess", path, "--own", SHOP.upper())["log"]["cases"] == 1


def test_a_mailbox_without_a_question_is_refused(box):
    with pytest.raises(CommandError, match="nothing_left"):
        run("assess", box, *(f"--own=c{n}@one.example" for n in range(30)), "--own", SHOP)


def test_orders_and_reviews_come_on_top(log, tmp_path):
    (tmp_path / "orders.csv").write_bytes(orders([0, *[4] * 26, *[6] * 8, 1]))
    (tmp_path / "reviews.csv").write_bytes(reviews([[5], *[[5, 5]] * 26, *[[1, 2]] * 8, [1]]))
    more = ["--orders", tmp_path / "orders.csv", "--reviews", tmp_path / "reviews.csv"]
    alone, found = as_json("assess", log), as_json("assess", log, *more)
    assert found["log"]["orders"]["now"]["orders_week"] == 6
    assert signal(found, "feedback") == 100
    assert signal(alone, "feedback") is None


def signal(found, code):
    return next(each["score"] for each in found["result"]["signals"] if each["code"] == code)


@pytest.mark.parametrize("kind", ["orders", "reviews"])
def test_a_shop_file_without_dates_is_refused(log, tmp_path, kind):
    (tmp_path / "shop.csv").write_text("sku,colour\n1,red\n", encoding="utf-8")
    with pytest.raises(CommandError, match="unmapped"):
        run("assess", log, f"--{kind}", tmp_path / "shop.csv")
