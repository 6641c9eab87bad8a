"""Fewer tags: Chromium tags every piece of text of its own, even where a paragraph has just one.

A ``NonStruct`` says nothing; what is in it goes to the element around it. Pieces that then follow
each other in one element become one. What screen readers are told is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf

SEAM: Final = re.compile(rb"EMC\n/NonStruct <</MCID (\d+) >>BDC\n")
OPENED: Final = re.compile(rb"/NonStruct <</MCID (\d+) >>BDC\n")
ROLES: Final = {"/Strong": pikepdf.Name.Span, "/Em": pikepdf.Name.Span}  # what older readers know
MEANT: Final = ("/Alt", "/ActualText", "/ID", "/Lang", "/E")


@dataclass
class Owners:
    """For each page, by the number of its object: which element a piece of content belongs to."""

    of: dict[tuple[int, int], dict[int, Any]] = field(default_factory=dict)

    def note(self, page: Any, piece: int, element: Any) -> None:
        self.of.setdefault(page.objgen, {})[piece] = element


@dataclass(frozen=True)
class Piece:
    """A piece of a page's content, by its MCID."""

    page: Any
    number: int


def simplify_tags(pdf: pikepdf.Pdf) -> None:
    """Take out the elements that say nothing, and join the pieces that belong together."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    owners = Owners()
    kids = _kids(root, None)
    _settle(root, kids, owners)
    joined = {page.obj.objgen: _join(page.obj, owners) for page in pdf.pages}
    _drop(root, joined)
    _state_owners(pdf, root, owners, joined)
    _name_cells(root)


def _kids(element: Any, page: Any) -> list[Any]:
    """What is in an element: elements, pieces, references to objects; NonStructs opened up."""
    page = element.get("/Pg", page)
    found: list[Any] = []
    held = element.get("/K")
    for kid in [] if held is None else held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(kid, int):
            found.append(Piece(page, kid))
        elif _is_piece(kid):
            found.append(Piece(kid.get("/Pg", page), int(kid.MCID)))
        elif kid.get("/S") == "/NonStruct" and not any(key in kid for key in MEANT):
            found += _kids(kid, page)
        else:
            found.append(kid)
    return found


def _is_piece(kid: Any) -> bool:
    """Whether this names a piece of a page's own content, not of a drawing that the page uses."""
    return bool(kid.get("/Type") == "/MCR" and "/Stm" not in kid)


def _is_element(kid: Any) -> bool:
    return not isinstance(kid, int) and "/S" in kid


def _settle(element: Any, kids: list[Any], owners: Owners) -> None:
    """Write an element's kids, and theirs."""
    pages = [kid.page for kid in kids if isinstance(kid, Piece)]
    if pages:
        element.Pg = pages[0]
    written = pikepdf.Array()
    for kid in kids:
        if isinstance(kid, Piece):
            owners.note(kid.page, kid.number, element)
            here = kid.page.objgen == pages[0].objgen
            written.append(kid.number if here else _reference(kid))
            continue
        written.append(kid)
        if _is_element(kid):
            kid.P = element
            kid.S = ROLES.get(str(kid.S), kid.S)
            _settle(kid, _kids(kid, element.get("/Pg")), owners)
    element.K = written


def _reference(piece: Piece) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=piece.page, MCID=piece.number)


def _join(page: Any, owners: Owners) -> set[int]:
    """Join the pieces of a page that follow each other in one element; gives those gone."""
    of = owners.of.get(page.objgen, {})
    content = page.Contents.read_bytes()
    gone: set[int] = set()
    last = [-1]

    def seam(found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        before = OPENED.findall(content[: found.start()][-20_000:])
        last[0] = int(before[-1]) if before else -1
        one, other = of.get(last[0]), of.get(number)
        if one is None or other is None or one.objgen != other.objgen or number != last[0] + 1:
            return found[0]
        gone.add(number)
        return b""

    page.Contents.write(SEAM.sub(seam, content))
    return gone


def _drop(element: Any, joined: dict[tuple[int, int], set[int]]) -> None:
    """Take the pieces that were joined to others out of the elements."""
    page = element.get("/Pg")
    kept = pikepdf.Array()
    for kid in element.K:
        if isinstance(kid, int):
            number, where = kid, page
        elif _is_piece(kid):
            number, where = int(kid.MCID), kid.Pg
        else:
            kept.append(kid)
            if _is_element(kid):
                _drop(kid, joined)
            continue
        if number not in joined[where.objgen]:
            kept.append(kid)
    element.K = kept


def _state_owners(
    pdf: pikepdf.Pdf, root: Any, owners: Owners, joined: dict[tuple[int, int], set[int]]
) -> None:
    """The way back, from a page's pieces to their elements."""
    numbers = pikepdf.NumberTree(root.ParentTree)
    for page in pdf.pages:
        of, gone = owners.of.get(page.obj.objgen, {}), joined[page.obj.objgen]
        key = page.obj.get("/StructParents")
        if key is None or not of:
            continue
        nothing = pikepdf.Object.parse(b"null")
        numbers[int(key)] = pdf.make_indirect(
            pikepdf.Array(
                [
                    of[piece] if piece in of and piece not in gone else nothing
                    for piece in range(max(of) + 1)
                ]
            )
        )


def _name_cells(root: Any) -> None:
    """Name the heads of tables in order: Chromium's names differ from one print to the next."""
    names: dict[bytes, str] = {}
    for element in _elements(root):
        if "/ID" in element:
            names[bytes(element.ID)] = f"cell-{len(names):06}"
    for element in _elements(root):
        if "/ID" in element:
            element.ID = pikepdf.String(names[bytes(element.ID)])
        for attribute in _attributes(element):
            if "/Headers" in attribute:
                attribute.Headers = pikepdf.Array(
                    [pikepdf.String(names[bytes(name)]) for name in attribute.Headers]
                )
    if "/IDTree" in root:
        named = [(pikepdf.String(str(one.ID)), one) for one in _elements(root) if "/ID" in one]
        root.IDTree = pikepdf.Dictionary(
            Names=pikepdf.Array([part for pair in named for part in pair])
        )


def _elements(element: Any) -> Iterator[Any]:
    for kid in element.K:
        if _is_element(kid):
            yield kid
            yield from _elements(kid)


def _attributes(element: Any) -> list[Any]:
    held = element.get("/A", [])
    return list(held) if isinstance(held, pikepdf.Array) else [held]
