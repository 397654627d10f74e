"""A photo without what it says beside the picture."""

import io

import pytest
from PIL import Image

from cordee.engines.photos import KINDS, without_metadata


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_only_the_picture_is_left(kind: str) -> None:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0110] = "Telephone"
    Image.new("RGB", (30, 10), (10, 120, 30)).save(out, format=KINDS[kind], exif=exif)
    with Image.open(io.BytesIO(without_metadata(out.getvalue(), kind))) as bare:
        assert bare.size == (30, 10)
        assert not bare.getexif()
        red, green, blue = bare.convert("RGB").getpixel((5, 5))
        assert abs(red - 10) + abs(green - 120) + abs(blue - 30) < 30


def test_a_picture_of_few_colours_stays_one() -> None:
    out = io.BytesIO()
    Image.new("P", (8, 8)).save(out, format="PNG")
    assert without_metadata(out.getvalue(), "png").startswith(b"\x89PNG")


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n rien", b"\xff\xd8\xff"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="picture"):
        without_metadata(content, "png" if b"PNG" in content else "jpg")
