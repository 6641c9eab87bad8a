"""Fewer tags: Chromium tags every piece of text of its own, even where a paragraph has just one.

A ``NonStruct`` says nothing; what is in it goes to the element around it. Pieces that then follow
each other in one element become one. Lines and grounds without text are no pieces at all, unless
they are a figure that has a text in their place. What screen readers are told is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf

PIECE: Final = re.compile(rb"(/\w+ <</MCID )(\d+)( >>BDC\n)(.*?)(EMC\n)", re.S)
SEAM: Final = re.compile(rb"(?:EMC\n)?/\w+ <</MCID (\d+) >>BDC\n")
OPENED: Final = re.compile(rb"(?<=/MCID )\d+(?= >>BDC)")
TEXT: Final = re.compile(rb" T[jJ]\n")
ROLES: Final = {"/Strong": pikepdf.Name.Span, "/Em": pikepdf.Name.Span}  # what older readers know
MEANT: Final = ("/Alt", "/ActualText", "/ID", "/Lang", "/E")

Numbers = dict[tuple[int, int], dict[int, int]]  # by page: the new numbers of the pieces kept


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
    numbers = {page.obj.objgen: _rewrite(page.obj, owners) for page in pdf.pages}
    _renumber(root, numbers)
    _state_owners(pdf, root, owners, numbers)
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


def _rewrite(page: Any, owners: Owners) -> dict[int, int]:
    """Rewrite a page with fewer pieces; gives their numbers, which now follow each other."""
    of = owners.of.get(page.objgen, {})
    content = _join(_unmark(page.Contents.read_bytes(), of), of)
    kept = [int(number) for number in OPENED.findall(content)]
    numbers = {number: index for index, number in enumerate(kept)}
    page.Contents.write(OPENED.sub(lambda old: b"%d" % numbers[int(old[0])], content))
    return numbers


def _unmark(content: bytes, of: dict[int, Any]) -> bytes:
    """The same content without the pieces in which there is nothing to be read."""

    def piece(found: re.Match[bytes]) -> bytes:
        is_read = TEXT.search(found[4]) or _is_described(of.get(int(found[2])))
        return found[0] if is_read else found[4]

    return PIECE.sub(piece, content)


def _is_described(element: Any) -> bool:
    """Whether it or something around it has a text in place of what is drawn."""
    while element is not None and "/S" in element:
        if "/Alt" in element or "/ActualText" in element:
            return True
        element = element.get("/P")
    return False


def _join(content: bytes, of: dict[int, Any]) -> bytes:
    """The same content, pieces of one element that follow each other being one."""
    last = -1

    def seam(found: re.Match[bytes]) -> bytes:
        nonlocal last
        before, last = last, int(found[1])
        one, other = of.get(before), of.get(last)
        is_one = one is not None and other is not None and one.objgen == other.objgen
        return b"" if is_one and last > before and found[0].startswith(b"EMC") else found[0]

    return SEAM.sub(seam, content)


def _renumber(element: Any, numbers: Numbers) -> None:
    """State the new numbers of pieces, and take out those gone."""
    page = element.get("/Pg")
    kept = pikepdf.Array()
    for kid in element.K:
        if isinstance(kid, int):
            if kid in numbers[page.objgen]:
                kept.append(numbers[page.objgen][kid])
        elif _is_piece(kid):
            if int(kid.MCID) in numbers[kid.Pg.objgen]:
                kid.MCID = numbers[kid.Pg.objgen][int(kid.MCID)]
                kept.append(kid)
        else:
            kept.append(kid)
            if _is_element(kid):
                _renumber(kid, numbers)
    element.K = kept


def _state_owners(pdf: pikepdf.Pdf, root: Any, owners: Owners, numbers: Numbers) -> None:
    """The way back, from a page's pieces to their elements."""
    tree = pikepdf.NumberTree(root.ParentTree)
    nothing = pikepdf.Object.parse(b"null")
    for page in pdf.pages:
        of = owners.of.get(page.obj.objgen, {})
        if "/StructParents" in page.obj:
            listed = [of.get(piece, nothing) for piece in numbers[page.obj.objgen]]
            tree[int(page.obj.StructParents)] = pdf.make_indirect(pikepdf.Array(listed))


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
