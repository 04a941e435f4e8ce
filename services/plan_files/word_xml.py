"""The XML of a Word file: names, a parser that follows nothing outside, and the text that a reader of the page sees."""

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from services.tables.archive import Archive
from services.tables.cells import clean
from services.tables.dto import FaultKind, TableUnreadable

NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_RELATIONS = "_rels/.rels"
_MAIN = "/officeDocument"

P, TBL, TR, TC, R, T = (f"{NS}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t"))
VAL = f"{NS}val"
_OFF = frozenset({"0", "false", "off", "none"})
_SPACES = {f"{NS}tab": " ", f"{NS}br": "\n", f"{NS}cr": "\n", f"{NS}noBreakHyphen": "-"}
#: Nothing in them is on the page, or not as the text of this place.
_UNSEEN = frozenset(
    {f"{NS}{name}" for name in ("del", "moveFrom", "instrText", "rPr", "pPr", "rt", "tcPr", "trPr", "tblPr", "sdtPr")}
    | {_FALLBACK}
)
_TRANSPARENT = frozenset({f"{NS}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")})
_FOOTNOTE_SIGNS = frozenset("0123456789*¹²³")
_MEASURES = ("м", "m")  # m² is no footnote


def parse(content: bytes) -> Element:
    """Parse a member; refuse document types, for with them come entities that unfold without end."""
    content = content.replace(_STRICT, _TRANSITIONAL)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise TableUnreadable(FaultKind.DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise TableUnreadable(FaultKind.DAMAGED)
    return root


def has_strict_names(content: bytes) -> bool:
    """Tell whether a member is written in the strict form of the format, whose names are others."""
    return _STRICT in content


def with_strict_names(content: bytes) -> bytes:
    """Return a member that was read by the usual names with the strict names again."""
    return content.replace(_TRANSITIONAL, _STRICT)


def main_member(archive: Archive) -> str:
    """Return the key of the member that holds the text."""
    if _RELATIONS in archive.names:
        for relation in parse(read(archive, _RELATIONS)):
            if relation.get("Type", "").endswith(_MAIN):
                target: str = relation.get("Target", "").lstrip("/").casefold()
                if target in archive.names:
                    return target
    raise TableUnreadable(FaultKind.DAMAGED)


def read(archive: Archive, name: str) -> bytes:
    """Return a member whole."""
    return b"".join(archive.unpack(name))


def within(parent: Element) -> Iterator[Element]:
    """Yield what stands in an element, looking through content controls and inserted text."""
    for child in parent:
        if child.tag in _TRANSPARENT:
            yield from within(child)
        elif child.tag not in _UNSEEN:
            yield child


def tables(root: Element) -> list[Element]:
    """Return all tables in the order of the document; a table's place in this list is its number."""
    return [table for table in root.iter(TBL) if not any(up.tag == _FALLBACK for up in table.iterancestors(_FALLBACK))]


def is_on(properties: Element | None, name: str) -> bool:
    """Tell whether a property that is switched by its presence is on."""
    if properties is None:
        return False
    switch = properties.find(f"{NS}{name}")
    return switch is not None and switch.get(VAL, "1") not in _OFF


def number_of(parent: Element | None, name: str, default: int) -> int:
    """Return a property's number."""
    found = parent.find(f"{NS}{name}") if parent is not None else None
    text = found.get(VAL, "") if found is not None else ""
    return int(text) if text.isdecimal() and len(text) < len("10000") else default


def paragraph_text(paragraph: Element) -> str:
    """Return a paragraph's visible text; breaks within it are line breaks."""
    parts: list[str] = []
    _collect(paragraph, parts)
    return "\n".join(filter(None, (clean(line) for line in "".join(parts).split("\n"))))


def _collect(parent: Element, parts: list[str]) -> None:
    for child in parent:
        tag = child.tag
        if tag == T:
            parts.append(child.text or "")
        elif tag in _SPACES:
            parts.append(_SPACES[tag])
        elif tag in _UNSEEN or (tag == R and _is_unseen(child, parts)):
            continue
        elif len(child):
            _collect(child, parts)


def _is_unseen(run: Element, parts: list[str]) -> bool:
    """Tell whether a run is hidden, or only the mark of a footnote."""
    properties = run.find(f"{NS}rPr")
    if properties is None:
        return False
    if is_on(properties, "vanish"):
        return True
    raised = properties.find(f"{NS}vertAlign")
    if raised is None or raised.get(VAL) != "superscript":
        return False
    text = "".join(run.itertext()).strip()
    return bool(text) and set(text) <= _FOOTNOTE_SIGNS and not "".join(parts[-1:]).endswith(_MEASURES)
