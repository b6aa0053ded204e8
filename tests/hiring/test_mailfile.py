"""Reading one mail, without a database: who, what, when, which files; and everything a mail can get wrong."""

import base64
import io
import json
import sys
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import mailfile
from tests.hiring.mails import eml, make_mail, source
from vault.unfit import Unfit

PDF = b"%PDF-1.4 pretend"
ARABIC, CHINESE = "أود العمل معكم في المتجر", "我想在你们的店里工作"


def read(**fields) -> dict:
    return mailfile.read(eml(**fields))[0]


def told(data: bytes, *names):
    said = mailfile.read(data)[0]
    return [said[name] for name in names] if len(names) > 1 else said[names[0]]


def refused(data: bytes, by=mailfile.read) -> str:
    with pytest.raises(Unfit) as unfit:
        by(data)
    return unfit.value.code


class TestWho:
    @pytest.mark.parametrize(
        ("sender", "expected"),
        [
            ("Ada Lind <ada@mail.example>", ("Ada Lind", "ada@mail.example")),
            ("ada@mail.example", ("", "ada@mail.example")),
            ('"Lind, Ada" <ada@mail.example>', ("Ada Lind", "ada@mail.example")),
            ('"ada@mail.example" <ada@mail.example>', ("", "ada@mail.example")),
            ("=?utf-8?B?SsOkcnZpbmVuIMOFc2E=?= <asa@mail.example>", ("Järvinen Åsa", "asa@mail.example")),
            ("=?utf-8?Q?=D8=B3=D8=A7=D8=B1=D8=A9?= <sara@mail.example>", ("سارة", "sara@mail.example")),
            ("=?gb2312?B?zfXQobrs?= <w@mail.example>", ("王小红", "w@mail.example")),
            ("=?x-unheard-of?B?!!!?= <odd@mail.example>", None),
        ],
    )
    def test_is_read_from_the_header(self, sender, expected):
        data = f"From: {sender}\r\nSubject: x\r\n\r\nHi".encode()
        name, email = told(data, "name", "email")
        assert (name, email) == expected if expected else email == "odd@mail.example"

    def test_an_unencoded_name_is_read_as_what_it_is(self):
        data = "From: Järvinen <j@mail.example>\r\nSubject: Työ\r\n\r\nHei".encode()
        assert told(data, "name", "subject") == ["Järvinen", "Työ"]

    def test_a_machine_passes_on_whom_to_answer(self):
        more = {"sender": "Jobs <no-reply@board.example>", "Reply_To": "Ada Lind <ada@mail.example>"}
        assert (read(**more)["name"], read(**more)["email"]) == ("Ada Lind", "ada@mail.example")

    def test_a_person_with_another_address_to_answer_keeps_their_own(self):
        assert read(Reply_To="other@mail.example")["email"] == "ada@mail.example"

    @pytest.mark.parametrize(
        "broken", ["<<<>>>", ",,;;", "<", '"', "a" * 50_000, "@", "=?utf-8?B?", "(((((((("]
    )
    def test_a_broken_one_is_no_reason_to_fail(self, broken):
        assert told(f"From: {broken}\r\nSubject: x\r\n\r\nHi".encode(), "letter") == "Hi"


class TestWhen:
    @pytest.mark.parametrize(
        ("date", "expected"),
        [
            ("Mon, 16 Nov 2026 09:30:00 +0200", "2026-11-16T07:30:00+00:00"),
            ("Mon, 16 Nov 2026 09:30:00 -0000", "2026-11-16T09:30:00+00:00"),
            ("16 Nov 26 09:30 GMT", "2026-11-16T09:30:00+00:00"),
            ("yesterday", ""),
            ("Mon, 99 Foo 99999 99:99:99 +9999", ""),
            ("", ""),
        ],
    )
    def test_the_date_in_utc_or_nothing(self, date, expected):
        assert (
            told(f"From: a@b.example\r\nDate: {date}\r\nSubject: x\r\n\r\nHi".encode(), "sent_at") == expected
        )


class TestText:
    def test_plain_words_go_before_html(self):
        assert read(text="Plain", html="<p>Painted</p>")["letter"] == "Plain"

    def test_html_alone_is_read_without_scripts(self):
        html = "<head><title>T</title><style>p{}</style></head><body><p>Hello<br>there</p>"
        html += "<script>evil()</script><ul><li>One</ul>"
        assert read(text=None, html=html)["letter"].split("\n") == ["Hello", "there", "", "- One"]

    def test_plain_words_that_are_empty_give_way_to_html(self):
        assert read(text=" \n", html="<p>Painted</p>")["letter"] == "Painted"

    @pytest.mark.parametrize("words", [ARABIC, CHINESE, "Zażółć gęślą jaźń", "Hyvää päivää"])
    @pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
    def test_every_script_and_every_way_to_carry_it(self, words, cte):
        message = make_mail()
        message.set_content(words, cte=cte)
        assert mailfile.read(message.as_bytes())[0]["letter"] == words

    @pytest.mark.parametrize(
        ("claimed", "real", "words"),
        [
            ("us-ascii", "utf-8", "Työpaikka"),
            ("iso-8859-1", "utf-8", ARABIC),
            ("utf-8", "cp1256", ARABIC),
            ("x-nonsense", "cp1252", "Päivää, täällä äiti"),
            ("gb2312", "gb18030", CHINESE),
            ("", "cp1250", "Zażółć gęślą jaźń"),
            ("idna", "utf-8", "ä" * 2_000),
            ("zlib", "utf-8", "Hei, hyvää"),
        ],
    )
    def test_a_charset_that_lies(self, claimed, real, words):
        kind = f'Content-Type: text/plain; charset="{claimed}"\nContent-Transfer-Encoding: 8bit\nMIME-Version: 1.0'
        assert told(source(kind, words.encode(real)), "letter") == words

    def test_no_nul_no_control_no_turning_mark(self):
        kind = "Content-Type: text/plain; charset=utf-8\nMIME-Version: 1.0"
        assert told(source(kind, "A\0B\x1bC\u202eD".encode()), "letter") == "ABCD"

    def test_a_long_letter_is_cut_and_says_so(self):
        said = read(text="word " * 5_000)
        assert (len(said["letter"]), said["remarks"]) == (20_000, ["cut"])

    def test_a_body_that_is_not_base64_is_read_as_far_as_it_goes(self):
        kind = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\nMIME-Version: 1.0"
        assert isinstance(told(source(kind, b"@@@@ SGVsbG8= !!"), "letter"), str)

    def test_the_phone_is_found_in_it(self):
        assert read(text="Best, Ada\nTel. +358 40 123 4567")["phone"] == "+358 40 123 4567"


class TestFiles:
    def test_come_along_in_order_with_their_bytes(self):
        files = [("cv.pdf", PDF, "application/pdf"), ("letter.txt", b"Dear", "text/plain")]
        said, data = mailfile.read(eml(files=files))
        assert said["files"] == [["cv.pdf", len(PDF)], ["letter.txt", 4]]
        assert [part.rstrip() for part in data] == [PDF, b"Dear"]

    @pytest.mark.parametrize(
        ("disposition", "expected"),
        [
            ("attachment; filename*=utf-8''%D8%B3%D9%8A%D8%B1%D8%A9.pdf", "سيرة.pdf"),
            ("attachment; filename*0=Ans; filename*1=ioluettelo.pdf", "Ansioluettelo.pdf"),
            ('attachment; filename="=?utf-8?B?566A5Y6GLnBkZg==?="', "简历.pdf"),
            ('attachment; filename="../../etc/cv.pdf"', "cv.pdf"),
            ('attachment; filename="cv\u202efdp.exe"', "cvfdp.exe"),
            ("attachment", ""),
        ],
    )
    def test_names_in_every_coding(self, disposition, expected):
        head = b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf\r\n"
        data = head + f"Content-Disposition: {disposition}\r\n\r\n".encode() + PDF
        assert told(data, "files")[0][0] == expected

    def test_a_text_with_a_name_is_a_file_not_the_letter(self):
        said = read(text="Hello", files=[("cv.txt", b"My CV", "text/plain")])
        assert (said["letter"], said["files"][0][0]) == ("Hello", "cv.txt")

    def test_pictures_of_a_signature_are_left_out(self):
        message = make_mail(text=None, html='<p>Hi</p><img src="cid:logo">')
        message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>")
        said = mailfile.read(message.as_bytes())[0]
        assert (said["files"], said["remarks"]) == ([], ["pictures"])

    def test_a_picture_somebody_attached_is_not(self):
        assert read(files=[("photo.png", b"\x89PNG", "image/png")])["files"][0][0] == "photo.png"

    @pytest.mark.parametrize(
        ("name", "kind", "remark"),
        [
            ("winmail.dat", "application/ms-tnef", "winmail"),
            ("WINMAIL.DAT", "application/octet-stream", "winmail"),
            ("smime.p7m", "application/pkcs7-mime", "encrypted"),
        ],
    )
    def test_what_only_another_program_opens_is_said(self, name, kind, remark):
        said = read(files=[(name, b"x", kind)])
        assert (said["files"], said["remarks"]) == ([], [remark])

    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            (["a.pdf"], ["cv"]),
            (["Cover letter.pdf", "Ada.pdf"], ["letter", "cv"]),
            (["cv.pdf", "motivation.docx"], ["cv", "letter"]),
            (["CV_letter.pdf"], ["cv"]),
            (["cv.pdf", "cv-old.pdf"], ["cv", "out"]),
            (["list motywacyjny.pdf", "życiorys.pdf"], ["letter", "cv"]),
            (["简历.pdf", "x.txt"], ["cv", "out"]),
            ([], []),
        ],
    )
    def test_what_each_is_proposed_as(self, names, expected):
        assert mailfile.roles(names) == expected

    @given(st.lists(st.text(max_size=30), max_size=15))
    def test_one_cv_and_one_letter_at_most(self, names):
        found = mailfile.roles(names)
        assert (len(found), found.count("cv") <= 1, found.count("letter") <= 1) == (len(names), True, True)


class TestPassedOn:
    inner = {"sender": "Ada Lind <ada@mail.example>", "subject": "My application", "text": "I am Ada."}

    def outer(self, **fields):
        values = {"sender": "Mika <mika@lumi.example>", "subject": "Fwd: My application", "text": "See below"}
        return mailfile.read(eml(**values | {"Message_ID": "<2@lumi.example>"} | fields))[0]

    def test_as_an_attachment_the_first_writer_is_proposed(self):
        said = self.outer(inside=make_mail(**self.inner, files=[("cv.pdf", PDF, "application/pdf")]))
        assert [said[key] for key in ("name", "subject", "letter")] == [
            "Ada Lind",
            "My application",
            "I am Ada.",
        ]
        assert (said["forwarded_by"], said["files"][0][0]) == (["Mika", "mika@lumi.example"], "cv.pdf")

    def test_it_counts_as_the_same_mail_as_the_first(self):
        assert self.outer(inside=make_mail(**self.inner))["mark"] == read(**self.inner)["mark"]

    def test_a_mail_beside_a_long_letter_is_only_attached(self):
        said = self.outer(subject="Hello", text="A long letter. " * 60, inside=make_mail(**self.inner))
        assert (said["email"], said["forwarded_by"], said["remarks"]) == (
            "mika@lumi.example",
            None,
            ["mail_inside"],
        )

    def test_of_several_the_first_is_shown_and_it_is_said(self):
        message = make_mail(subject="Fwd: two")
        for name in ("Ada", "Bo"):
            message.add_attachment(make_mail(sender=f"{name} <{name}@mail.example>"))
        said = mailfile.read(message.as_bytes())[0]
        assert (said["name"], said["remarks"]) == ("Ada", ["more_mails"])

    @pytest.mark.parametrize(("deep", "ok"), [(1, True), (3, True), (4, False)])
    def test_three_deep_and_no_deeper(self, deep, ok):
        message = make_mail(**self.inner)
        for _ in range(deep):
            message = make_mail(subject="Fwd: x", text="see", inside=message)
        data = message.as_bytes()
        assert told(data, "name") == "Ada Lind" if ok else refused(data) == "depth"

    def test_in_the_text_the_first_writer_is_proposed(self):
        text = (
            "FYI\n\n---------- Forwarded message ---------\nFrom: Ada Lind <ada@mail.example>\n"
            "Date: Mon, 16 Nov 2026 09:30:00 +0200\nSubject: Support\nTo: <shop@lumi.example>\n\nI am Ada.\n"
        )
        said = self.outer(text=text)
        assert [said[key] for key in ("name", "email", "letter")] == [
            "Ada Lind",
            "ada@mail.example",
            "I am Ada.",
        ]
        assert (said["sent_at"], said["forwarded_by"][0]) == ("2026-11-16T07:30:00+00:00", "Mika")

    def test_an_answer_with_quoted_lines_is_not_passed_on(self):
        text = "Thank you!\n\nFrom: Shop <shop@lumi.example>\nSent: Monday\nSubject: Hello\n\nDear Ada"
        said = read(subject="Re: Hello", text=text)
        assert (said["email"], said["forwarded_by"]) == ("ada@mail.example", None)

    def test_without_lines_to_go_by_nobody_is_proposed_but_the_sender(self):
        assert self.outer(text="see the phone")["email"] == "mika@lumi.example"


class TestPasted:
    def paste(self, text) -> dict:
        return mailfile.read_text(text.encode())[0]

    @pytest.mark.parametrize(
        "head",
        [
            "From: Ada Lind <ada@mail.example>\nDate: Mon, 16 Nov 2026 09:30:00 +0200\nSubject: Work",
            "Lähettäjä: Ada Lind <ada@mail.example>\nLähetetty: maanantai\nAihe: Work",
            "Från: Ada Lind <ada@mail.example>\nSkickat: måndag\nÄmne: Work",
            "*Od:* Ada Lind <ada@mail.example>\n*Wysłano:* poniedziałek\n*Temat:* Work",
            "من: Ada Lind <ada@mail.example>\nالتاريخ: اليوم\nالموضوع: Work",
            "发件人：Ada Lind <ada@mail.example>\n日期：今天\n主题：Work",
        ],
    )
    def test_lines_on_top_in_every_language(self, head):
        said = self.paste(f"{head}\n\nI am Ada.")
        assert [said[k] for k in ("name", "email", "subject", "letter")] == [
            "Ada Lind", "ada@mail.example", "Work", "I am Ada.",
        ]  # fmt: skip
        assert said["forwarded_by"] is None

    def test_only_words_are_the_letter_and_an_address_in_them_is_proposed(self):
        said = self.paste("I am Ada.\n\nAda Lind <ada@mail.example>")
        assert (said["name"], said["email"], said["letter"][:9]) == (
            "Ada Lind",
            "ada@mail.example",
            "I am Ada.",
        )

    def test_a_sentence_before_the_address_is_no_name(self):
        assert self.paste("You reach me at any time under ada@mail.example")["name"] == ""

    def test_the_source_of_a_mail_is_read_as_one(self):
        data = eml(files=[("cv.pdf", PDF, "application/pdf")])
        said, files = mailfile.read_text(b"\n" + data)
        assert (said["name"], files) == ("Ada Lind", [PDF])

    def test_the_same_words_are_the_same_mail_and_others_another(self):
        marks = [self.paste(text)["mark"] for text in ("I am Ada.", "I am Ada.", "I am Bo.")]
        assert (marks[0] == marks[1], marks[0] == marks[2]) == (True, False)

    def test_nothing_is_nothing(self):
        assert refused(b" \n\0", mailfile.read_text) == "empty"

    @given(st.text(max_size=400))
    def test_takes_any_text(self, text):
        with suppress(Unfit):
            assert len(self.paste(text)["mark"]) == 64


class TestMark:
    def test_the_mails_own_number_decides_not_its_words(self):
        assert read(text="One")["mark"] == read(text="Two")["mark"]
        assert read()["mark"] != read(Message_ID="<9@mail.example>")["mark"]

    def test_without_a_number_what_it_says_does(self):
        marks = [read(Message_ID=None, text=text)["mark"] for text in ("One", "One", "Two")]
        assert (marks[0] == marks[1], marks[0] == marks[2]) == (True, False)


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "empty"),
            (b" \r\n", "empty"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "msg"),
            (b"%PDF-1.7", "no_mail"),
            (b"PK\x03\x04", "no_mail"),
            (b"Just some words", "no_mail"),
            (b"\x00\xff" * 500, "no_mail"),
            (b"From: a@b.example\n\n" + b"x" * 25_000_001, "large"),
        ],
    )
    def test_what_is_no_mail(self, data, code):
        assert refused(data) == code

    @pytest.mark.parametrize(("parts", "ok"), [(48, True), (60, False)])
    def test_more_parts_than_fifty(self, parts, ok):
        data = eml(files=[(f"{n}.txt", b"x", "text/plain") for n in range(parts)])
        assert len(told(data, "files")) == parts if ok else refused(data) == "parts"

    def test_a_mailbox_with_one_mail_is_that_mail(self):
        assert told(b"From ada@mail.example Mon Nov 16\n" + eml(), "name") == "Ada Lind"

    def test_a_multipart_without_its_parts(self):
        kind = 'Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0'
        assert told(source(kind, b"no boundary here"), "files") == []

    @given(st.binary(max_size=300))
    def test_takes_any_bytes_behind_a_header(self, body):
        said, files = mailfile.read(b"From: a@b.example\r\nSubject: x\r\n\r\n" + body)
        assert json.dumps(said)
        assert [len(file) for file in files] == [size for _name, size in said["files"]]

    @given(
        st.binary(max_size=120),
        st.sampled_from(["From", "Subject", "Date", "Content-Type", "Content-Disposition"]),
    )
    def test_takes_any_header(self, value, name):
        head = b"To: shop@lumi.example\r\nMIME-Version: 1.0\r\n" + name.encode() + b": "
        with suppress(Unfit):
            said = mailfile.read(head + value.replace(b"\n", b" ") + b"\r\n\r\nHello")[0]
            assert len(said["mark"]) == 64


class TestAlone:
    """The child's own side: one line, then the bytes."""

    def run(self, monkeypatch, data, kind="eml"):
        monkeypatch.setattr(mailfile, "limit", lambda *_: None)
        streams = {
            name: io.TextIOWrapper(io.BytesIO(start)) for name, start in (("stdin", data), ("stdout", b""))
        }
        for name, stream in streams.items():
            monkeypatch.setattr(sys, name, stream)
        code = mailfile.main(kind, "5")
        line, _newline, rest = streams["stdout"].buffer.getvalue().partition(b"\n")
        return code, json.loads(line or b"null"), rest

    def test_says_what_it_found(self, monkeypatch):
        code, said, rest = self.run(monkeypatch, eml(files=[("cv.pdf", PDF, "application/pdf")]))
        assert (code, said["name"], rest) == (0, "Ada Lind", PDF)

    def test_says_why_not(self, monkeypatch):
        assert self.run(monkeypatch, b"")[:2] == (0, {"refused": "empty"})

    def test_stumbles_with_a_code(self, monkeypatch):
        monkeypatch.setattr(mailfile, "read", lambda data: 1 / 0)
        assert self.run(monkeypatch, b"x")[0] == 3


def test_a_moment_is_in_utc():
    assert mailfile._moment("Mon, 16 Nov 2026 23:30:00 -0500") == datetime(2026, 11, 17, 4, 30, tzinfo=UTC)


def test_the_parts_may_lie_in_any_depth():
    body = base64.encodebytes(PDF)
    for n in range(12):
        edge = f"b{n}".encode()
        kind = b"application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; "
        kind += b"filename=cv.pdf"
        kind = kind if n == 0 else b'multipart/mixed; boundary="b%d"' % (n - 1)
        body = b"--" + edge + b"\r\nContent-Type: " + kind + b"\r\n\r\n" + body + b"\r\n--" + edge + b"--\r\n"
    head = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b11"'
    assert told(source(head, body), "files") == [["cv.pdf", len(PDF)]]
