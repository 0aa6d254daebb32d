"""A photograph made clean: drawn again from its dots alone, so that nothing else it carried is kept.

A telephone writes in the file where it was, when, and whose it is: none of it survives being drawn again.
"""

from io import BytesIO
from warnings import catch_warnings, simplefilter

from PIL import Image, ImageOps

LONGEST_SIDE = 1600
QUALITY = 85


class NotAPicture(ValueError):
    """Its text is a French sentence."""


def drawn_again(content: bytes) -> bytes:
    """A JPEG upright, at most 1600 dots wide or high, without place, date or name. Raises NotAPicture."""
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture("Cette photo ne s'ouvre pas, ou est démesurée : prenez-la de nouveau.") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    drawn = BytesIO()
    bare.save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue()
