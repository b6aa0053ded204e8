"""A picture strangers may see: decoded under limits and written anew, so that nothing else is left in it."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from vault.images import MAX_PIXELS
from vault.unfit import Unfit

KINDS = ("PNG", "JPEG", "WEBP")


def renew(data: bytes, *, width: int, height: int) -> bytes:
    """The picture as PNG, at most `width` x `height` pixels, turned upright, without EXIF, comments or frames.

    Raises Unfit: empty, type (no PNG, JPEG or WebP), pixels (too many to decode), broken.
    """
    if not data:
        raise Unfit("empty")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = _decoded(data)
    image.thumbnail((width, height))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _decoded(data: bytes):
    """Upright and in RGBA. The size is read from the head before a pixel is decoded."""
    try:
        image = Image.open(io.BytesIO(data), formats=KINDS)
    except Image.DecompressionBombError:
        raise Unfit("pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Unfit("type") from None
    if image.width * image.height > MAX_PIXELS:
        raise Unfit("pixels")
    try:
        return _bare(ImageOps.exif_transpose(image).convert("RGBA"))
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise Unfit("broken") from None


def _bare(image):
    """The pixels alone: a new picture carries no profile, comment or EXIF over."""
    plain = Image.new("RGBA", image.size)
    plain.paste(image)
    return plain
