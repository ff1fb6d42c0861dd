"""Pictures: small, upright, without memory; and whatever is none refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from adapters.pictures import EDGE, ENOUGH, NotAPicture, TooBig, prepare

LIMIT = 12_000_000


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(data))
    found.load()
    return found


def test_a_large_photo_becomes_small():
    noise = Image.effect_noise((4000, 3000), 90).convert("RGB")
    data = encoded(noise, quality=90)
    assert len(data) > 4_000_000
    made = prepare(data, LIMIT)
    assert len(made) <= ENOUGH
    found = opened(made)
    assert found.format == "JPEG"
    assert max(found.size) <= EDGE
    assert found.width * 3 == pytest.approx(found.height * 4, abs=4)


def test_a_small_one_is_not_blown_up():
    assert opened(prepare(encoded(Image.new("RGB", (64, 48))), LIMIT)).size == (64, 48)


def test_it_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[0x010F] = "A maker"
    exif.get_ifd(0x8825)[2] = (35.0, 41.0, 22.0)
    data = encoded(Image.new("RGB", (64, 48)), exif=exif, comment=b"by A. Nonymous")
    assert b"A maker" in data
    made = prepare(data, LIMIT)
    assert not opened(made).getexif()
    for word in (b"Exif", b"A maker", b"Nonymous"):
        assert word not in made


def test_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(Image.new("RGB", (80, 40)), exif=exif)
    assert opened(prepare(data, LIMIT)).size == (40, 80)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
def test_every_usual_kind_of_pixel_is_read(mode: str):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    made = opened(prepare(encoded(Image.new(mode, (20, 10)), kind), LIMIT))
    assert (made.mode, made.size) == ("RGB", (20, 10))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_usual_kind_of_file_is_read(kind: str):
    assert opened(prepare(encoded(Image.new("RGB", (20, 10)), kind), LIMIT)).format == "JPEG"


def test_what_was_see_through_becomes_white():
    made = opened(prepare(encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"), LIMIT))
    assert min(made.getpixel((4, 4))) > 250  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100),
        b"\xff\xd8\xff\xe0" + bytes(200),
        encoded(Image.new("RGB", (64, 64)), "TIFF"),
        encoded(Image.new("RGB", (64, 64)), "BMP"),
        encoded(Image.effect_noise((640, 640), 50).convert("RGB"))[:5000],
    ],
)
def test_what_is_no_picture_we_read_is_refused(data: bytes):
    with pytest.raises(NotAPicture, match="photo-not-a-picture"):
        prepare(data, LIMIT)


def test_too_many_bytes_are_refused_unread():
    with pytest.raises(TooBig, match="photo-too-big"):
        prepare(bytes(101), 100)


def claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(7000, 7000), (12_000, 12_000), (60_000, 60_000), (1, 2**31 - 1)])
def test_a_small_file_that_claims_to_be_huge_is_refused(size: tuple[int, int]):
    with pytest.raises(TooBig):
        prepare(claims(*size), LIMIT)


def test_pillows_own_limits_stay_as_they_are():
    before = Image.MAX_IMAGE_PIXELS
    prepare(encoded(Image.new("RGB", (64, 48))), LIMIT)
    assert before == Image.MAX_IMAGE_PIXELS


@given(st.binary(max_size=300), st.integers(0, 600))
def test_a_broken_picture_never_breaks_anything_else(noise: bytes, at: int):
    whole = encoded(Image.effect_noise((48, 32), 50).convert("RGB"))
    broken = whole[:at] + noise + whole[at + len(noise) :]
    try:
        made = prepare(broken, LIMIT)
    except (NotAPicture, TooBig):
        return
    assert opened(made).format == "JPEG"
