"""An address as a drawing that a telephone reads."""

from io import BytesIO

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_code(address: str) -> str:
    """The SVG of its QR code; whoever places it says the address in words too."""
    drawn = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=2).save(drawn)
    return drawn.getvalue().decode()
