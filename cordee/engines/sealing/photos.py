"""Photographs of the pages of a paper, put together as one PDF: A4, each page as large as it fits, in order."""

import warnings
from collections.abc import Sequence
from io import BytesIO

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 60_000_000
_A4 = (1240, 1754)  # at 150 points an inch: a text of ten points stays readable


def photos_to_pdf(photos: Sequence[bytes]) -> bytes:
    """Put photographs together as one PDF, upright, one a page.

    Shape   photos: JPEG, PNG or WebP, in the order of the pages.
    Holds   as many pages as photographs.
    Errors  ValueError when there is none, or one of them is not a photograph or is absurdly large.
    """
    if not photos:
        raise ValueError("no photograph")
    pages = [_page(photo) for photo in photos]
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    clean = BytesIO()  # its table of contents is written anew: a strict reader refuses Pillow's
    with pikepdf.open(out) as pdf:
        pdf.save(clean, deterministic_id=True)
    return clean.getvalue()


def _page(photo: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(photo), formats=("JPEG", "PNG", "WEBP")) as image:
            warnings.simplefilter("error")
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError, Warning) as wrong:
        raise ValueError(f"not a photograph: {wrong}") from None
    wide = upright.width > upright.height
    room = _A4[::-1] if wide else _A4
    upright.thumbnail(room)
    sheet = Image.new("RGB", room, "white")
    sheet.paste(upright, ((room[0] - upright.width) // 2, (room[1] - upright.height) // 2))
    return sheet
