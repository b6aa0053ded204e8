import io

import pytest
from PIL import Image, PngImagePlugin

from vault import pictures
from vault.unfit import Unfit

BOX = {"width": 640, "height": 240}


def picture(kind="PNG", size=(300, 100), colour=(200, 30, 30), **how) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **how)
    return out.getvalue()


def opened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", pictures.KINDS)
def test_each_kind_becomes_a_png(kind):
    image = opened(pictures.renew(picture(kind), **BOX))
    assert (image.format, image.size, image.mode) == ("PNG", (300, 100), "RGBA")


@pytest.mark.parametrize(
    ("size", "fits"), [((2000, 500), (640, 160)), ((100, 900), (27, 240)), ((1, 1), (1, 1))]
)
def test_a_large_one_is_made_to_fit(size, fits):
    assert opened(pictures.renew(picture(size=size), **BOX)).size == fits


def test_what_is_transparent_stays_so():
    out = io.BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(pictures.renew(out.getvalue(), **BOX)).getpixel((4, 4))[3] == 0


def test_where_it_was_taken_is_gone_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "CANARY camera"
    data = picture("JPEG", exif=exif)
    assert b"CANARY" in data
    renewed = pictures.renew(data, **BOX)
    image = opened(renewed)
    assert (b"CANARY" in renewed, dict(image.getexif()), image.size) == (False, {}, (80, 240))


def test_comments_are_gone():
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "CANARY")
    renewed = pictures.renew(picture(pnginfo=note), **BOX)
    assert (b"CANARY" in renewed, opened(renewed).info) == (False, {})


def test_what_stands_behind_the_picture_is_gone():
    assert b"<script>" not in pictures.renew(picture() + b"<script>alert(1)</script>", **BOX)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "type"),
        (b"%PDF-1.7", "type"),
        (picture("GIF"), "type"),
        (picture("BMP"), "type"),
        (picture()[:60], "broken"),
        (picture("JPEG", size=(900, 900))[:700], "broken"),
    ],
)
def test_what_is_refused(data, code):
    with pytest.raises(Unfit) as refused:
        pictures.renew(data, **BOX)
    assert refused.value.code == code


def claims(width, height) -> bytes:
    """A small PNG whose head lies about its size."""
    data = bytearray(picture())
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    import zlib

    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize("size", [(10_000, 10_000), (100_000, 100_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size):
    with pytest.raises(Unfit) as refused:
        pictures.renew(claims(*size), **BOX)
    assert refused.value.code == "pixels"
