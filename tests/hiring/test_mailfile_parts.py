"""Parts of a mail taken one by one: bytes as words, moments, and what each file is proposed as."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import mailfile


class TestDecoded:
    @pytest.mark.parametrize("charset", ["utf-8", "", "x-unheard-of", "us-ascii", "\0"])
    def test_utf8_is_found_whatever_is_claimed(self, charset):
        assert mailfile.decoded("Työ 茶 شاي".encode(), charset) == "Työ 茶 شاي"

    @settings(max_examples=30)
    @given(st.binary(max_size=60), st.sampled_from(["utf-8", "latin-1", "gb2312", "utf-16", "idna", "hex"]))
    def test_any_bytes_are_some_words(self, data, charset):
        assert isinstance(mailfile.decoded(data, charset), str)


class TestMoment:
    @settings(max_examples=30)
    @given(st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)), st.integers(-12, 14))
    def test_is_the_same_moment_wherever_it_was_written(self, at, hours):
        at = at.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
        found = mailfile._moment(format_datetime(at))
        assert (found, found.tzinfo) == (at, UTC)

    @pytest.mark.parametrize("odd", ["", "soon", "99 Foo 2026", "Mon, 32 Nov 2026 10:00:00 +0000", "9" * 400])
    def test_anything_else_is_none(self, odd):
        assert mailfile._moment(odd) is None


class TestRoles:
    @pytest.mark.parametrize("names", [[], ["cv.pdf"], ["cv.pdf", "letter.pdf", "photo.png"]])
    def test_each_file_has_one(self, names):
        assert len(mailfile.roles(names)) == len(names)

    @settings(max_examples=30)
    @given(st.lists(st.sampled_from(["cv.pdf", "CV.docx", "letter.pdf", "x.pdf", "a.png", ""]), max_size=6))
    def test_one_cv_and_one_letter_in_any_order(self, names):
        found = mailfile.roles(names)
        assert (found.count("cv") <= 1, found.count("letter") <= 1) == (True, True)
