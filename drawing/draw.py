"""Draws what Mermaid has read, in the two widths that a page has."""

from __future__ import annotations

from drawing.parsed import Sequence, States
from drawing.picture import Picture
from drawing.sequence import draw_sequence
from drawing.state import draw_states


def draw(diagram: Sequence | States, narrow: bool = False) -> Picture:
    """The drawing: for a column of text, or ``narrow``, for that of a telephone."""
    if isinstance(diagram, Sequence):
        return draw_sequence(diagram, narrow)
    return draw_states(diagram, narrow)
