import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import slugs
from tests.factories import make_company


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Lumi", "lumi"),
        ("Łódź & Søn", "lodz-son"),
        ("Straße 9", "strasse-9"),
        ("Ægir's Ål", "aegirs-al"),
        ("متجر سارة", "mtjr-sara"),
        ("Ｗｉｄｅ", "wide"),
        ("王小店", ""),
        ("--- ✨ ---", ""),
    ],
)
def test_a_name_becomes_plain_letters(name, slug):
    assert slugs.plain(name) == slug


@given(st.text(max_size=200))
def test_any_name_becomes_an_address_or_nothing(name):
    assert re.fullmatch(r"[a-z0-9_-]{0,60}", slugs.plain(name))


@pytest.mark.django_db
def test_the_second_shop_of_a_name_gets_a_number():
    make_company(slug="lumi")
    make_company(slug="lumi-2")
    assert slugs.free("Lumi") == "lumi-3"


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "slug"), [("Admin", "admin-2"), ("王小店", "shop"), ("x" * 90, "x" * 54)])
def test_reserved_empty_and_endless_names(name, slug):
    assert slugs.free(name) == slug
