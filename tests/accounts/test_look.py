"""A shop's logo and colours: readable or refused, public, and safe to serve."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from accounts import colours
from accounts.models import Company
from tests.conftest import StrictClient
from vault.models import StoredFile, TrailEntry

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/company/look/"
BLUE = {"accent": "#1d4f91", "on_accent": "#ffffff"}


def picture(colour="red", kind="PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (300, 100), colour).save(out, kind)
    return SimpleUploadedFile(f"our logo.{kind.lower()}", out.getvalue())


def shop(owner) -> Company:
    return Company.objects.select_related("logo").get(pk=owner.company_id)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def theme_of(company) -> str:
    return f"/careers/{company.slug}/theme.css"


def logo_of(company) -> str:
    return f"/careers/{company.slug}/logo-{company.logo_hash}.png"


@pytest.fixture
def painted(company):
    Company.objects.filter(pk=company.pk).update(**BLUE)
    company.refresh_from_db()
    return company


@pytest.fixture
def with_logo(sign_in, owner, on_commit):
    with on_commit():
        sign_in(owner).post(ADDRESS, {"logo": picture()})
    return shop(owner)


def test_colours_are_saved_and_the_trail_says_so(sign_in, owner):
    assert sign_in(owner).post(ADDRESS, {"accent": " #1D4F91 ", "on_accent": "#FFFFFF"}).url == ADDRESS
    row, line = shop(owner), TrailEntry.objects.get()
    assert (row.accent, row.on_accent) == ("#1d4f91", "#ffffff")
    assert (line.action, line.actor_id, line.fields) == (
        "company.look_changed",
        owner.user_id,
        ["accent", "on_accent"],
    )


@pytest.mark.parametrize(("accent", "text"), [("#1d4f91", "#ffffff"), ("#ffdd00", "#000000")])
def test_the_text_is_chosen_where_nobody_says(sign_in, owner, accent, text):
    sign_in(owner).post(ADDRESS, {"accent": accent, "on_accent": ""})
    assert shop(owner).on_accent == text


def test_the_same_again_leaves_no_second_line(sign_in, owner, painted):
    sign_in(owner).post(ADDRESS, BLUE)
    assert TrailEntry.objects.count() == 0


def test_empty_is_our_own_colour_again(sign_in, owner, painted):
    sign_in(owner).post(ADDRESS, {"accent": "", "on_accent": ""})
    assert (shop(owner).accent, shop(owner).on_accent) == ("", "")


def test_what_cannot_be_read_is_refused_with_the_nearest_that_can(sign_in, owner):
    response = sign_in(owner).post(ADDRESS, {"accent": "#ff8800", "on_accent": "#ffffff"})
    near = colours.nearest("#ff8800", ["#ffffff"])
    assert response.status_code == 422
    said = f"the contrast is 2.3, and 4.5 is needed. The nearest colour that works is {near}."
    assert said in response.context["form"].errors["accent"][0]
    assert 'value="#ff8800"' in words(response)
    assert shop(owner).accent == ""


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"accent": "red", "on_accent": ""}, "accent"),
        ({"accent": "#12", "on_accent": ""}, "accent"),
        ({"accent": "#12345g", "on_accent": ""}, "accent"),
        ({"accent": "x" * 400, "on_accent": ""}, "accent"),
        ({"accent": "#1d4f91\0", "on_accent": ""}, "accent"),
        ({"accent": "", "on_accent": "#ffffff"}, "accent"),
        ({"accent": "#1d4f91", "on_accent": "white"}, "on_accent"),
    ],
)
def test_what_is_no_colour_is_refused(sign_in, owner, typed, field):
    response = sign_in(owner).post(ADDRESS, typed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert shop(owner).accent == ""


def test_half_a_pair_is_refused_by_the_database(company):
    with pytest.raises(IntegrityError), transaction.atomic():
        Company.objects.filter(pk=company.pk).update(accent="#1d4f91")


def test_the_preview_follows_and_keeps_nothing(sign_in, owner):
    page = words(sign_in(owner).get(f"{ADDRESS}preview/", BLUE))
    assert ('fill="#1d4f91"' in page, page.count("<svg"), "style=" in page) == (True, 2, False)
    assert shop(owner).accent == ""


@pytest.mark.parametrize("accent", ["", "red", "#ff8800", '"><script>'])
def test_the_preview_takes_anything(sign_in, owner, accent):
    response = sign_in(owner).get(f"{ADDRESS}preview/", {"accent": accent, "on_accent": "#ffffff"})
    assert (response.status_code, "<script>" in words(response)) == (200, False)


# -- the style sheet


def test_the_sheet_is_for_everybody_and_is_not_sent_twice(painted):
    client = StrictClient()
    answer = client.get(theme_of(painted))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "text/css; charset=utf-8",
        "nosniff",
    )
    assert "--bs-btn-bg: #1d4f91" in answer.content.decode()
    again = client.get(theme_of(painted), headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_another_colour_is_another_sheet(painted):
    tag = StrictClient().get(theme_of(painted))["ETag"]
    Company.objects.filter(pk=painted.pk).update(accent="#004400")
    assert StrictClient().get(theme_of(painted), headers={"if-none-match": tag}).status_code == 200


def test_no_sheet_without_colours(company):
    assert [
        StrictClient().get(theme_of(company)).status_code,
        StrictClient().get("/careers/nobody/theme.css").status_code,
    ] == [404, 404]


def test_public_pages_wear_the_colours(painted):
    assert theme_of(painted) in words(StrictClient().get(f"/careers/{painted.slug}/"))


def test_without_colours_no_page_asks_for_a_sheet(company):
    assert "theme.css" not in words(StrictClient().get(f"/careers/{company.slug}/"))


# -- the logo


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_kept_as_a_png_of_its_own_address(sign_in, owner, kind):
    sign_in(owner).post(ADDRESS, {"logo": picture(kind=kind)})
    answer = StrictClient().get(logo_of(shop(owner)))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(answer.content)).size == (300, 100)


def test_a_new_logo_has_a_new_address_and_the_old_file_goes(sign_in, owner, with_logo, on_commit):
    old = with_logo.logo
    with on_commit():
        sign_in(owner).post(ADDRESS, {"logo": picture("blue")})
    new = shop(owner)
    assert new.logo_hash != with_logo.logo_hash
    assert (StoredFile.objects.count(), old.path.exists(), new.logo.path.exists()) == (1, False, True)
    assert StrictClient().get(logo_of(with_logo)).status_code == 404


def test_the_logo_goes_when_asked(sign_in, owner, with_logo, on_commit):
    with on_commit():
        sign_in(owner).post(ADDRESS, {"remove_logo": "on"})
    assert (shop(owner).logo, shop(owner).logo_hash, StoredFile.objects.count()) == (None, "", 0)
    assert not with_logo.logo.path.exists()


def test_saving_colours_keeps_the_logo(sign_in, owner, with_logo):
    sign_in(owner).post(ADDRESS, BLUE)
    assert shop(owner).logo_hash == with_logo.logo_hash


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<svg/>", "This kind of file is not taken here. Please choose one of these: PNG, JPEG, WebP."),
        (b"x" * 2_000_001, "This file is larger than 2 MB. Please choose a smaller one."),
        (b"", "The submitted file is empty."),
    ],
)
def test_what_is_no_picture_is_refused_beside_the_field(sign_in, owner, data, sentence):
    response = sign_in(owner).post(ADDRESS, BLUE | {"logo": SimpleUploadedFile("logo.png", data)})
    assert (response.status_code, response.context["form"].errors["logo"]) == (422, [sentence])
    assert (shop(owner).logo, shop(owner).accent, StoredFile.objects.count()) == (None, "", 0)


def test_the_logo_stands_on_public_pages_and_in_the_head(sign_in, owner, with_logo):
    for page in (StrictClient().get(f"/careers/{with_logo.slug}/"), sign_in(owner).get(ADDRESS)):
        assert f'src="{logo_of(with_logo)}"' in words(page)


def test_no_logo_of_another_shop_or_of_none(with_logo, rival):
    client = StrictClient()
    wrong = [
        f"/careers/{rival.company.slug}/logo-{with_logo.logo_hash}.png",
        f"/careers/{with_logo.slug}/logo-0.png",
    ]
    assert [client.get(address).status_code for address in wrong] == [404, 404]


def test_a_logo_that_the_disk_lost_is_not_there(with_logo):
    with_logo.logo.path.unlink()
    assert StrictClient().get(logo_of(with_logo)).status_code == 404


def test_nobody_else_changes_the_looks(sign_in, owner, manager, rival):
    assert sign_in(manager).post(ADDRESS, BLUE).status_code == 403
    sign_in(rival).post(ADDRESS, BLUE)
    assert shop(owner).accent == ""


def test_posting_more_changes_nothing_more(sign_in, owner):
    sign_in(owner).post(ADDRESS, BLUE | {"logo_hash": "0" * 16, "name": "Other", "is_demo": "on"})
    row = shop(owner)
    assert (row.logo_hash, row.name, row.is_demo) == ("", "Lumi", False)
