"""The book on paper: the built site of one language, joined, printed by Chromium, and finished.

In this order: ``navigation`` reads what the book holds, ``chapter`` makes one page ready to stand
among the others, ``document`` joins them behind a cover and the contents, ``fonts`` makes the fonts
that PDF can hold, ``press`` prints, ``finish`` adds what Chromium leaves out and makes the file
smaller by ``tags`` and ``lean``: its structure and its fonts, never what is drawn.
``make pdf`` calls them through scripts/pdf.py; decisions/0020 says why it is done in this way.
"""
