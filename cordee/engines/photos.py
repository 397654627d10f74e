"""Take out of a photo what it says beside the picture: where and when it was taken, with what, its thumbnail."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

KINDS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
"""The endings of the photos that are cleaned, and the format they are written in."""

MOST_PIXELS = 60_000_000


def without_metadata(content: bytes, kind: str) -> bytes:
    """The same picture, upright, with no place, date nor device in it.

    Shape   kind: an ending of KINDS.
    Holds   no EXIF, no comment, no colour profile of a device is left; the picture has the same size, turned as its
            orientation said.
    Errors  ValueError when it is no picture, or has more than sixty million points.
    """
    try:
        with Image.open(io.BytesIO(content), formats=[KINDS[kind]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValueError("too many points")
            upright = ImageOps.exif_transpose(picture)
            plain = upright if kind in ("png", "webp") else upright.convert("RGB")
            bare = Image.new(plain.mode, plain.size)
            if plain.mode == "P":
                plain = plain.convert("RGBA")
                bare = Image.new("RGBA", plain.size)
            bare.paste(plain)
            out = io.BytesIO()
            bare.save(out, format=KINDS[kind], quality=88)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as wrong:
        raise ValueError("not a picture") from wrong
    return out.getvalue()
