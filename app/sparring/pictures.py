"""Portraits of tutors: whatever is sent becomes a small JPEG of nothing but its pixels."""

import io

from flask_babel import gettext as _
from PIL import Image, ImageOps

from app.errors import Refused

LARGEST_FILE = 1024 * 1024
_LONGEST_SIDE = 400
_MOST_PIXELS = 40_000_000
_KINDS = ("JPEG", "PNG")


def portrait(sent: bytes) -> bytes:
    """At most 400 pixels wide and high, the right way up, without the place and time that cameras write into it.

    Refused when it is larger than a megabyte, or no sound JPEG or PNG.
    """
    if len(sent) > LARGEST_FILE:
        raise Refused(_("The picture is larger than 1 MB. Choose a smaller one."))
    try:
        with Image.open(io.BytesIO(sent), formats=_KINDS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise Refused(_("The picture has too many pixels. Choose a smaller one."))
            return _as_jpeg(opened)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused(_("The picture could not be read. Choose a JPEG or a PNG.")) from None


def _as_jpeg(opened: Image.Image) -> bytes:
    opened.draft("RGB", (_LONGEST_SIDE * 2, _LONGEST_SIDE * 2))
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    flat = Image.new("RGB", upright.size, "white")  # a new picture carries no metadata of the old one
    layered = upright.convert("RGBA")
    flat.paste(layered, mask=layered.getchannel("A"))
    written = io.BytesIO()
    flat.save(written, "JPEG", quality=85, optimize=True)
    return written.getvalue()
