"""What is wrong with a drawing: `make diagrams` refuses one that has a fault."""

from __future__ import annotations

from itertools import combinations
from typing import Final

from drawing.picture import NARROW, WIDTHS, Box, Dot, Picture, Text

LEAST: Final = 13.0  # px, the size of letters


def faults(picture: Picture) -> list[str]:
    """Each fault as a sentence that names the label, and the other label or the mark."""
    most = NARROW if picture.narrow else WIDTHS[-1]
    if picture.width > most:
        return [f"the drawing is {picture.width:g} px wide, more than {most:g}"]
    texts, page = picture.texts, Box(0, 0, picture.width, picture.height)
    found = [f"{named(text)} has letters of {text.face.size} px" for text in texts if small(text)]
    found += [f"{named(text)} sticks out" for text in texts if not page.holds(text.box)]
    found += [
        f"{named(one)} and {named(other)} overlap"
        for one, other in combinations(texts, 2)
        if one.box.meets(other.box)
    ]
    for mark in picture.marks:
        boxes = list(mark.boxes)
        if not all(page.holds(box) for box in boxes):
            found.append(f"a {mark.name} sticks out")
        inside = isinstance(mark, Dot)  # a number may stand in a circle
        hit = (text for text in texts if any(crosses(box, text, inside) for box in boxes))
        found += [f"{named(text)} is crossed by a {mark.name}" for text in hit]
    return found


def crosses(box: Box, text: Text, inside: bool) -> bool:
    return box.meets(text.box) and not (inside and box.holds(text.box))


def small(text: Text) -> bool:
    return text.face.size < LEAST


def named(text: Text) -> str:
    return repr(" ".join(text.lines))
