"""Signed files that somebody has changed, in every way that a file can be changed in."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from random import Random

from pyhanko.pdf_utils.generic import NameObject, TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfWriter
from pypdf.annotations import FreeText

_PLACE = re.compile(rb"<([0-9A-F]{600,})>")
_BYTE_RANGE = re.compile(rb"/ByteRange \[[\d ]+\]")
_DIGITS = b"0123456789ABCDEF"
_HEAD = 1024
_NEAR = 500
_ROUGHLY = 4000


@dataclass(frozen=True)
class Original:
    """A signed file, and another that the same key has signed."""

    content: bytes
    other: bytes

    @cached_property
    def place(self) -> tuple[int, int]:
        """Where the digits of the signature begin and end."""
        return _place(self.content)

    @cached_property
    def digits(self) -> int:
        """Where the digits end that say something; zeros follow."""
        return self.place[0] + len(self.content[slice(*self.place)].rstrip(b"0"))

    @cached_property
    def cross_reference(self) -> int:
        """Where the last cross-reference begins."""
        return int(self.content.rpartition(b"startxref")[2].split()[0])

    @cached_property
    def revisions(self) -> tuple[bytes, ...]:
        """Return the file with a revision appended, by different programs."""
        return (
            _by_pyhanko(self.content, "/Lang"),
            _by_pyhanko(self.content, "/Metadata"),
            _by_pypdf(self.content, incremental=True),
        )

    @cached_property
    def saved_anew(self) -> bytes:
        """Return the file as another program writes it."""
        return _by_pypdf(self.content, incremental=False)


def mutations(original: Original, dice: Random) -> Iterator[tuple[str, bytes]]:
    """Yield for ever how a file was changed, and the changed file; each way comes round in turn."""
    for way, change in cycle(_WAYS.items()):
        changed = change(original, dice)
        if changed not in (original.content, original.other):
            yield way, changed


def _place(content: bytes) -> tuple[int, int]:
    found = _PLACE.search(content)
    assert found is not None
    return found.span(1)


def _by_pyhanko(content: bytes, name: str) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    entry = writer.root.get(name) if name in writer.root else TextStringObject("ky-KG")
    writer.root[NameObject(name)] = entry
    writer.root[pdf_name("/Altered")] = TextStringObject("yes")
    writer.update_root()  # type: ignore[no-untyped-call]
    changed = io.BytesIO()
    writer.write(changed)  # type: ignore[no-untyped-call]
    return changed.getvalue()


def _by_pypdf(content: bytes, *, incremental: bool) -> bytes:
    writer = PdfWriter(io.BytesIO(content), incremental=incremental, full=not incremental)
    writer.add_annotation(0, FreeText(text="5", rect=(100, 400, 200, 420)))
    changed = io.BytesIO()
    writer.write(changed)
    return changed.getvalue()


def _flip(content: bytes, dice: Random, start: int, end: int) -> bytes:
    changed = bytearray(content)
    changed[dice.randrange(max(0, start), min(end, len(content)))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _put(content: bytes, start: int, end: int, new: bytes) -> bytes:
    return content[:start] + new + content[end:]


def _another_digit(original: Original, dice: Random, start: int, end: int) -> bytes:
    at = dice.randrange(start, end)
    return _put(original.content, at, at + 1, bytes([dice.choice(_DIGITS)]))


def _small_letters(original: Original, dice: Random) -> bytes:
    start = dice.randrange(original.place[0], original.digits)
    end = start + dice.randrange(1, 200)
    return _put(original.content, start, end, original.content[start:end].lower())


def _something_behind(original: Original, dice: Random) -> bytes:
    content = original.content
    tails = (b"\n", b" ", b"\x00", b"\r\n% nothing", dice.randbytes(dice.randrange(1, 300)), content[-200:])
    return content + dice.choice(tails) * dice.randrange(1, 4)


def _twice(original: Original, dice: Random) -> bytes:
    content, other = original.content, original.other
    return dice.choice((content + content, content + other, other + content, content + b"\n" + content))


def _put_in(original: Original, dice: Random) -> bytes:
    at = dice.randrange(len(original.content))
    return _put(original.content, at, at, dice.randbytes(dice.randrange(1, 9)))


def _left_out(original: Original, dice: Random) -> bytes:
    at = dice.randrange(len(original.content))
    return _put(original.content, at, at + dice.randrange(1, _ROUGHLY), b"")


def _exchanged(original: Original, dice: Random) -> bytes:
    content, size = original.content, dice.randrange(1, 64)
    first, second = sorted(dice.sample(range(0, len(content) - size, size), 2))
    swapped = _put(content, first, first + size, content[second : second + size])
    return _put(swapped, second, second + size, content[first : first + size])


def _revision_by_hand(original: Original, dice: Random) -> bytes:
    """Append an object in the place of one of the file's own, with a cross-reference that leads to it."""
    content, number = original.content, dice.randrange(1, 60)
    start = len(content) + 1
    entry = b"%d 0 obj\n<< /Altered %d >>\nendobj\n" % (number, dice.randrange(10**6))
    root = re.findall(rb"/Root \d+ 0 R", content)[-1]
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, start)
    trailer = b"trailer\n<< /Size 500 %s /Prev %d >>\n" % (root, original.cross_reference)
    return content + b"\n" + entry + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (start + len(entry))


def _revision_of_a_program(original: Original, dice: Random) -> bytes:
    revision = dice.choice(original.revisions)
    return revision if dice.random() < 1 / 4 else _flip(revision, dice, len(original.content), len(revision))


def _saved_anew(original: Original, dice: Random) -> bytes:
    saved = original.saved_anew
    return _flip(saved, dice, 0, len(saved))


def _signature_moved(original: Original, dice: Random) -> bytes:
    """Put the signature of another file, or a part of it, into the place of the file's own."""
    (start, end), (foreign, foreign_end) = original.place, _place(original.other)
    digits = original.other[foreign:foreign_end][: end - start].ljust(end - start, b"0")
    cut = dice.choice((0, 0, dice.randrange(len(digits))))
    return _put(original.content, start + cut, end, digits[cut:])


def _other_range(original: Original, dice: Random) -> bytes:
    """Let the signature say that it covers something else, with as many digits; more may stand behind it then."""
    content = original.content
    found = _BYTE_RANGE.search(content)
    assert found is not None
    numbers = [int(number) for number in found[0][len(b"/ByteRange [") : -1].split()]
    more = dice.randrange(1, 900)
    numbers[dice.choice((0, 1, 2, 3, 3))] += dice.choice((more, -more, 1, -1))
    said = b"/ByteRange [" + b" ".join(b"%d" % max(0, number) for number in numbers) + b"]"
    return _put(content, found.start(), found.end(), said.ljust(len(found[0]))) + b" " * dice.choice((0, more))


_WAYS: Mapping[str, Callable[[Original, Random], bytes]] = {
    "a bit of the head": lambda one, dice: _flip(one.content, dice, 0, _HEAD),
    "a bit of the document": lambda one, dice: _flip(one.content, dice, 0, one.place[0]),
    "a bit before the signature": lambda one, dice: _flip(one.content, dice, one.place[0] - _NEAR, one.place[0]),
    "a bit of the signature": lambda one, dice: _flip(one.content, dice, one.place[0], one.digits),
    "a bit behind the signature": lambda one, dice: _flip(one.content, dice, one.place[1], one.place[1] + _NEAR),
    "a bit of the cross-reference": lambda one, dice: _flip(one.content, dice, one.cross_reference, len(one.content)),
    "a bit of the trailer": lambda one, dice: _flip(one.content, dice, len(one.content) - 300, len(one.content)),
    "another digit of the signature": lambda one, dice: _another_digit(one, dice, one.place[0], one.digits),
    "a zero behind the signature": lambda one, dice: _another_digit(one, dice, one.digits - 1, one.place[1]),
    "small letters": _small_letters,
    "something behind it": _something_behind,
    "cut": lambda one, dice: one.content[: dice.randrange(len(one.content))],
    "twice": _twice,
    "bytes put in": _put_in,
    "bytes left out": _left_out,
    "parts exchanged": _exchanged,
    "a revision by hand": _revision_by_hand,
    "a revision by a program": _revision_of_a_program,
    "saved anew": _saved_anew,
    "the signature of another": _signature_moved,
    "another range": _other_range,
}
