"""Pictures from people's phones, checked, turned upright, made small, and told to forget.

Rules of the room:
- What comes out is always a fresh JPEG: no byte of the original survives, so neither the place
  where it was taken nor anything hidden in the file does.
- A picture is judged by its header before its pixels are unpacked; a small file that claims to
  be huge is refused.
- Nothing global is changed: Pillow's own limits stay as they are for everybody else.
- It takes up to a second of computing: call it in a thread.

A refusal is a `ValueError` whose text is the key of the sentence for the person.
"""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""What we unpack; every further format is further code that reads strangers' bytes."""

EDGE = 1600
"""Pixels along the longer side: enough to read a meter or see a crack."""

ENOUGH = 500_000
"""Bytes a prepared picture should not exceed."""

MOST_PIXELS = 80_000_000
"""Above any phone's usual photo, below where Pillow itself suspects a decompression bomb."""

MOST_PLAIN_PIXELS = 40_000_000
"""For formats that cannot be unpacked at a reduced size, as JPEG can."""

_STEPS = ((EDGE, 85), (EDGE, 75), (EDGE, 65), (1280, 65), (1024, 60), (800, 50))


class NotAPicture(ValueError):
    """Not a picture, a broken one, or of a kind that is not read here (HEIC, SVG, TIFF)."""

    def __init__(self) -> None:
        super().__init__("photo-not-a-picture")


class TooBig(ValueError):
    """More bytes or more pixels than allowed."""

    def __init__(self) -> None:
        super().__init__("photo-too-big")


def prepare(data: bytes, limit: int) -> bytes:
    """A JPEG of at most 1600 pixels a side and some 500 KB, upright, without metadata.

    `limit` is in bytes. Raises `TooBig` or `NotAPicture`.
    """
    if len(data) > limit:
        raise TooBig
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            return _small(_upright(opened))
    except (TooBig, NotAPicture):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise TooBig from None
    except UnidentifiedImageError:
        raise NotAPicture from None
    except Exception:
        # Broken files make Pillow raise nearly anything: OSError, SyntaxError, struct.error ...
        # Whatever it was, the person is told the same, and the message may quote the file.
        raise NotAPicture from None


def _upright(opened: Image.Image) -> Image.Image:
    width, height = opened.size
    # MPO is what some phones write: a JPEG with a second one behind it.
    jpeg = opened.format in ("JPEG", "MPO")
    if width * height > (MOST_PIXELS if jpeg else MOST_PLAIN_PIXELS):
        raise TooBig
    if width < 1 or height < 1:
        raise NotAPicture
    if jpeg:
        # Unpacks at a half, a quarter or an eighth: a fraction of the memory and the time.
        opened.draft("RGB", (EDGE, EDGE))
    upright = ImageOps.exif_transpose(opened)
    return _on_white(upright)


def _on_white(picture: Image.Image) -> Image.Image:
    """JPEG knows no transparency: what was see-through becomes white, not black."""
    if picture.mode == "RGB":
        return picture
    if "A" in picture.getbands() or "transparency" in picture.info:
        see_through = picture.convert("RGBA")
        plain = Image.new("RGB", see_through.size, "white")
        plain.paste(see_through, mask=see_through.getchannel("A"))
        return plain
    return picture.convert("RGB")


def _small(picture: Image.Image) -> bytes:
    made = b""
    for edge, quality in _STEPS:
        if max(picture.size) > edge:
            picture.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        # A picture of its own carries neither EXIF nor comments nor a colour profile.
        picture.info.clear()
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        made = out.getvalue()
        if len(made) <= ENOUGH:
            break
    return made
