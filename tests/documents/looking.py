"""Comparing a page with the image of it that somebody looked at and kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageFilter

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

KEPT = Path(__file__).with_name("images")
REDO = "REFAIRE_IMAGES"
"""Set to « 1 », the tests write the images in place of comparing them; then look at each."""
SOFTENING, MOST_DIFFERENT, NOTICED = 1.5, 0.004, 60
"""Blur (pixels) that forgets how a machine smooths letters; share of pixels that may differ by more than NOTICED."""


def same_image(drawn: Picture, name: str) -> bool:
    """Return whether a page looks like the image that is kept; write it first when asked to."""
    if os.environ.get(REDO) == "1":
        KEPT.mkdir(exist_ok=True)
        drawn.convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(KEPT / name, optimize=True)
    return looks_like(drawn, name)


def looks_like(drawn: Picture, name: str) -> bool:
    """Return whether a page looks like the image that is kept."""
    with Image.open(KEPT / name) as kept:
        before, now = (one.convert("L").filter(ImageFilter.GaussianBlur(SOFTENING)) for one in (kept, drawn))
    if before.size != now.size:
        return False
    counts = ImageChops.difference(before, now).histogram()
    return sum(counts[NOTICED:]) <= MOST_DIFFERENT * sum(counts)
