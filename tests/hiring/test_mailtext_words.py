"""What the words of a mail tell, taken one by one: HTML as lines, the phone number, who wrote first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import mailtext

HEAD = "From: Ada Lind <ada@mail.example>\nDate: 16 Nov 2026\nSubject: Job\n\n"


class TestHtml:
    @pytest.mark.parametrize(
        ("html", "words"),
        [
            ("<p>One</p><p>Two</p>", "One\n\nTwo"),
            ("One<br>Two<br/>Three", "One\nTwo\nThree"),
            ("<ul><li>Tea<li>Coffee</ul>", "- Tea\n- Coffee"),
            ("<table><tr><td>A</td><td>B</td></tr></table>", "A B"),
            ("A&nbsp;&amp;&lt;b&gt;", "A &<b>"),
            ("  many \n\n   spaces ", "many spaces"),
            ("<b>bo</b>ld", "bold"),
            ("", ""),
        ],
    )
    def test_is_read_as_lines(self, html, words):
        assert mailtext.of_html(html) == words

    @pytest.mark.parametrize(
        "tag", ["script", "style", "title", "template", "select", "textarea", "iframe", "svg", "object"]
    )
    def test_leaves_out_what_nobody_sees(self, tag):
        assert mailtext.of_html(f"Seen <{tag}>hidden</{tag}>too") == "Seen too"

    def test_a_head_that_nobody_closed_hides_no_body(self):
        assert mailtext.of_html("<head><style>x</style><body>Dear shop") == "Dear shop"

    def test_an_end_without_its_beginning_hides_nothing(self):
        assert mailtext.of_html("</style></select>Dear shop") == "Dear shop"

    def test_more_than_two_blank_lines_are_two(self):
        assert mailtext.of_html("One" + "<br>" * 20 + "Two") == "One\n\nTwo"

    def test_ends_somewhere(self):
        assert len(mailtext.of_html(f"<p>{'word' * 60_000}</p>")) <= 200_000

    @settings(max_examples=30)
    @given(st.text(alphabet="<>/&;ab=\"' \n!-", max_size=80))
    def test_takes_any_markup(self, html):
        found = mailtext.of_html(html)
        assert found == found.strip()
        assert "\n\n\n" not in found


class TestClean:
    @settings(max_examples=30)
    @given(st.text(max_size=80))
    def test_leaves_nothing_a_database_refuses(self, words):
        assert not {"\x00", "\r"} & set(mailtext.clean(words))

    def test_lines_end_in_one_way(self):
        assert mailtext.clean("a\r\nb\rc\nd") == "a\nb\nc\nd"


class TestPhone:
    @pytest.mark.parametrize(
        ("words", "phone"),
        [
            ("Tel. 040 123 4567", "040 123 4567"),
            ("Puhelin: 040-1234567, +44 20 7946 0000", "040-1234567"),
            ("0401234567 and +358 50 765 4321", "+358 50 765 4321"),
            ("1234567 or 7654321", "7654321"),
            ("WhatsApp (+358) 40 123 4567", "(+358) 40 123 4567"),
            ("电话：13912345678", "13912345678"),
        ],
    )
    def test_is_the_likeliest(self, words, phone):
        assert mailtext.phone(words) == phone

    @pytest.mark.parametrize(
        "plain",
        [
            "",
            "2019-2021",
            "16.11.2026",
            "2026-11-16",
            "12345",
            "ref#1234567",
            "ada1234567@mail.example",
            "no",
        ],
    )
    def test_dates_years_and_addresses_are_none(self, plain):
        assert mailtext.phone(plain) == ""

    @settings(max_examples=30)
    @given(st.text(alphabet="+0123456789 ().-/a@", max_size=60))
    def test_is_always_some_of_the_words_and_fits(self, words):
        found = mailtext.phone(words)
        assert len(found) <= 40
        assert all(part in words for part in found.split())


class TestForward:
    @pytest.mark.parametrize("subject", ["Fwd: CV", "FW: CV", "VL: CV", "WG: CV", "转发：CV", "fwd[2]: CV"])
    def test_is_told_by_its_subject(self, subject):
        assert mailtext.is_forward(subject, "")

    @pytest.mark.parametrize("subject", ["Re: CV", "Forward thinking", "CV fwd: x", "Vlad: hello", ""])
    def test_is_not_told_by_another(self, subject):
        assert not mailtext.is_forward(subject, "> From: somebody")

    @pytest.mark.parametrize(
        "line",
        [
            "---------- Forwarded message ---------",
            "Begin forwarded message:",
            "-- Välitetty viesti --",
            "> 转发邮件",
        ],
    )
    def test_is_told_by_a_line(self, line):
        assert mailtext.is_forward("CV", f"Look at her\n{line}\nFrom: x")

    @pytest.mark.parametrize(
        ("subject", "plain"), [("Fwd: FW: CV", "CV"), ("VL: ", ""), ("Re: CV", "Re: CV"), ("CV", "CV")]
    )
    def test_its_subject_without_it(self, subject, plain):
        assert mailtext.plain_subject(subject) == plain

    @settings(max_examples=30)
    @given(st.text(max_size=40))
    def test_a_plain_subject_stays_plain(self, subject):
        plain = mailtext.plain_subject(subject)
        assert mailtext.plain_subject(plain) == plain


class TestHead:
    def test_ends_at_the_first_line_without_a_label(self):
        head, rest = mailtext.head_of(f"{HEAD}Dear shop,\nTo: be or not")
        assert (head["from"], head["subject"], rest) == (
            "Ada Lind <ada@mail.example>",
            "Job",
            "Dear shop,\nTo: be or not",
        )

    @pytest.mark.parametrize("text", ["", "Dear shop", "From: the heart\n\nDear shop", "Date: x\nSubject: y"])
    def test_needs_from_and_one_more(self, text):
        assert mailtext.head_of(text) is None

    @pytest.mark.parametrize(("within", "found"), [(1, False), (2, True), (None, True)])
    def test_may_have_to_stand_on_top(self, within, found):
        assert (mailtext.head_of(f"Hello\n{HEAD}Dear", within=within) is not None) == found

    def test_a_long_line_that_was_broken_goes_on(self):
        head, rest = mailtext.head_of("From: a@b.example\nTo: x,\n y, z\nSubject: Job\n\nDear")
        assert (head["subject"], rest) == ("Job", "Dear")

    @pytest.mark.parametrize("mark", ["> ", ">", "  > "])
    def test_marks_of_quoting_are_taken_off_when_all_have_them(self, mark):
        text = "\n".join(f"{mark}{line}" for line in (*HEAD.strip().split("\n"), "Dear shop"))
        assert mailtext.head_of(text)[1] == "Dear shop"

    def test_and_stay_when_not_all_have_them(self):
        assert mailtext.head_of(f"{HEAD}> Quoted\nAnswered")[1] == "> Quoted\nAnswered"

    @settings(max_examples=30)
    @given(st.text(alphabet="From: Date@b.\n>*", max_size=80))
    def test_takes_any_lines(self, text):
        found = mailtext.head_of(text)
        assert found is None or "from" in found[0]


class TestPerson:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Ada Lind <ada@mail.example>", ("Ada Lind", "ada@mail.example")),
            ("Ada Lind [mailto:ada@mail.example]", ("Ada Lind", "ada@mail.example")),
            ("'ada@mail.example'", ("", "ada@mail.example")),
            ("Ada Lind", ("Ada Lind", "")),
            ("*Lind, Ada* <ada@mail.example>", ("Ada Lind", "ada@mail.example")),
            ("", ("", "")),
        ],
    )
    def test_is_a_name_and_an_address(self, text, found):
        assert mailtext.person(text) == found

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("Lind, Ada", "Ada Lind"),
            ("van Lind, Ada Bo", "Ada Bo van Lind"),
            ("Lind, Ada, MSc", "Lind, Ada, MSc"),
            ("The shop of tea, Helsinki", "The shop of tea, Helsinki"),
            ('"Ada"  [Lind]', "Ada Lind"),
            ("ada@mail.example", ""),
        ],
    )
    def test_a_name_is_put_the_way_it_is_said(self, name, said):
        assert mailtext.in_order(name) == said

    @settings(max_examples=30)
    @given(st.text(alphabet="ab@.,<>[]\"' *", max_size=40))
    def test_no_name_is_an_address_or_keeps_its_brackets(self, text):
        name, email = mailtext.person(text)
        assert not set('@<>[]"*') & set(name)
        assert "@" in email or not email
