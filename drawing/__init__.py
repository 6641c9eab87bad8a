"""Draws diagrams and pictures as the site's figures look.

Sequence and state diagrams are drawn from what Mermaid has read of them:
``parsed`` is what a diagram says, ``sequence`` and ``state`` lay it out, ``picture`` is the outcome
as data (every text, line and dot with its place), ``faults`` tells what is wrong with it, ``svg``
writes it. All of it is arithmetic on a table of widths (``letters``): the same diagram is the same
drawing, byte for byte, on every machine.

``pictures`` are made by hand, with what ``sheet`` offers; they are the same data, and are judged
and written in the same way.
"""
