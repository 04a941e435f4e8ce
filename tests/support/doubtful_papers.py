"""Good and bad certificates of every sort, drawn by dice that always fall the same way."""

import io
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import partial

from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfWriter

from bot.documents.pades import PadesSigner
from bot.documents.signing import SigningKey, load_p12
from services.certificates.dto import VerdictKind
from services.certificates.pictures import PictureRemark
from services.codes import generate_code, printed_code
from tests.support.agreement import PUBLIC_URL
from tests.support.pictures import bomb, photograph

Expected = VerdictKind | PictureRemark
#: What may be said of a file in which anything at all was changed.
NEVER_VALID = frozenset({VerdictKind.ALTERED, VerdictKind.UNREADABLE, VerdictKind.UNKNOWN})
_CYRILLIC = str.maketrans("ABCEHKMPTXY", "АВСЕНКМРТХУ")
_LOOKS_LIKE = str.maketrans("01", "OI")


class Form(StrEnum):
    """How a case is asked."""

    CODE = "code"
    FILE = "file"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An issued certificate and what became of it."""

    code: str
    pdf: bytes
    fate: VerdictKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question and the answers that are right."""

    name: str
    form: Form
    asked: str | bytes
    expected: frozenset[Expected]


class Doubts:
    """Makes cases out of issued papers and out of nothing; `ours` signs what the register does not know."""

    def __init__(self, papers: list[Paper], bot: str, ours: SigningKey, foreign: SigningKey, seed: int) -> None:
        self._papers = papers
        self._bot = bot
        self._dice = random.Random(seed)  # noqa: S311 - a seeded test
        self._makers: Mapping[str, Callable[[], Case]] = {
            "intact file": self._intact,
            "flipped bit": self._flipped,
            "bytes behind": self._appended,
            "revision behind": self._revised,
            "foreign signature": partial(self._signed, foreign),
            "our signature, not registered": partial(self._signed, ours),
            "no signature": self._unsigned,
            "garbage": self._garbage,
            "cut file": self._cut,
            "code": self._code,
            "code in another notation": self._odd_code,
            "code with Cyrillic letters": self._cyrillic_code,
            "unknown code": self._unknown_code,
            "picture": self._picture,
            "turned picture": partial(self._picture, turned=True),
            "blurred picture": self._blurred,
            "picture with a forged host": self._forged,
            "picture of two papers": self._two,
            "picture without a code": self._nothing,
            "picture of something else": self._other_code,
            "broken picture": self._broken_picture,
        }

    def cases(self, number: int) -> Iterator[Case]:
        """Yield so many cases, every sort in turn."""
        names = list(self._makers)
        for place in range(number):
            yield self._makers[names[place % len(names)]]()

    def _paper(self) -> Paper:
        return self._dice.choice(self._papers)

    def _intact(self) -> Case:
        paper = self._paper()
        return _file("intact", paper.pdf, paper.fate)

    def _flipped(self) -> Case:
        content = bytearray(self._paper().pdf)
        place = self._dice.randrange(len(content))
        content[place] ^= 1 << self._dice.randrange(8)
        return Case(name=f"flip at {place}", form=Form.FILE, asked=bytes(content), expected=NEVER_VALID)

    def _appended(self) -> Case:
        more = self._dice.choice([b"\n", b" ", b"%", self._dice.randbytes(40), bytes(700)])
        return Case(name="appended", form=Form.FILE, asked=self._paper().pdf + more, expected=NEVER_VALID)

    def _revised(self) -> Case:
        writer = IncrementalPdfFileWriter(io.BytesIO(self._paper().pdf))
        writer.root["/Lang"] = writer.root["/Lang"]
        writer.update_root()  # type: ignore[no-untyped-call]
        changed = io.BytesIO()
        writer.write(changed)  # type: ignore[no-untyped-call]
        return _file("revision", changed.getvalue(), VerdictKind.ALTERED)

    def _signed(self, key: SigningKey) -> Case:
        signed_at = key.valid_from + timedelta(minutes=self._dice.randrange(1, 9))
        content = PadesSigner(key).sign(_blank(self._dice), signed_at=signed_at, reason="a case", contact="")
        return _file("signed", content, VerdictKind.UNKNOWN)

    def _unsigned(self) -> Case:
        return _file("unsigned", _blank(self._dice), VerdictKind.UNKNOWN)

    def _garbage(self) -> Case:
        start = self._dice.choice([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"{", b"MZ"])
        return _file("garbage", start + self._dice.randbytes(self._dice.randrange(1, 3000)), VerdictKind.UNREADABLE)

    def _cut(self) -> Case:
        content = self._paper().pdf
        kept = content[: self._dice.randrange(1, len(content) - 1200)]  # may end just where it was not signed yet
        return Case(name="cut", form=Form.FILE, asked=kept, expected=NEVER_VALID - {VerdictKind.ALTERED})

    def _code(self) -> Case:
        paper = self._paper()
        return _code(printed_code(paper.code), paper.fate)

    def _odd_code(self) -> Case:
        paper = self._paper()
        code = paper.code.translate(_LOOKS_LIKE)
        spaced = self._dice.choice([" ", " - ", "–", "\N{SOFT HYPHEN}", "_", "  "]).join(
            code[at : at + 4] for at in range(0, 20, 4)
        )
        return _code(self._dice.choice([spaced, spaced.lower(), code.lower()]), paper.fate)

    def _cyrillic_code(self) -> Case:
        paper = self._paper()
        letters = [sign.translate(_CYRILLIC) if self._dice.random() < 0.5 else sign for sign in paper.code]
        return _code("".join(letters), paper.fate)

    def _unknown_code(self) -> Case:
        return _code(printed_code(generate_code(20)), VerdictKind.UNKNOWN)

    def _picture(self, *, turned: bool = False) -> Case:
        paper = self._paper()
        angle = self._dice.choice([9, 90, 180, 270, -25]) if turned else 0
        sort, quality = self._dice.choice([("JPEG", 10), ("JPEG", 60), ("PNG", 0), ("WEBP", 30)])
        return _picture(photograph(self._address(paper), turned=angle, sort=sort, quality=quality), paper.fate)

    def _blurred(self) -> Case:
        paper, blur = self._paper(), self._dice.choice([1, 1.5, 5])
        expected: Expected = paper.fate if blur < 2 else PictureRemark.NO_CODE
        return _picture(photograph(self._address(paper), blurred=blur), expected)

    def _forged(self) -> Case:
        code = self._paper().code
        forged = self._dice.choice(
            [
                f"https://papers-university.example/verify/{code}",
                f"{PUBLIC_URL}.evil.kg/verify/{code}",
                f"{PUBLIC_URL}@evil.kg/verify/{code}",
                f"https://evil.kg\\@papers.university.example/verify/{code}",
                f"http://papers.university.example/verify/{code}",
                f"https://t.me/{self._bot}s?start=v_{code}",
                f"https://pаpers.university.example/verify/{code}",
            ]
        )
        beside = [self._address(self._paper())] if self._dice.random() < 0.3 else []
        return _picture(photograph(forged, *beside), PictureRemark.ELSEWHERE)

    def _two(self) -> Case:
        first, second = self._dice.sample(self._papers, 2)
        return _picture(photograph(self._address(first), self._address(second)), PictureRemark.SEVERAL_CODES)

    def _nothing(self) -> Case:
        return _picture(photograph(turned=self._dice.randrange(90)), PictureRemark.NO_CODE)

    def _other_code(self) -> Case:
        return _picture(photograph(f"WIFI:S:guest{self._dice.randrange(99)};;"), PictureRemark.NOT_OURS)

    def _broken_picture(self) -> Case:
        whole = photograph(self._address(self._paper()))
        broken = [whole[: self._dice.randrange(20, 600)], bomb(self._dice.randrange(9_000, 60_000))]
        return _picture(self._dice.choice(broken), PictureRemark.NOT_A_PICTURE)

    def _address(self, paper: Paper) -> str:
        return self._dice.choice(
            [
                f"{PUBLIC_URL}/verify/{paper.code}",
                f"https://t.me/{self._bot}?start=v_{paper.code}",
                f"tg://resolve?domain={self._bot}&start=v_{paper.code}",
                paper.code,
            ]
        )


def foreign_key() -> SigningKey:
    """Return the key of somebody else."""
    from tests.unit.documents.test_signing import PASSWORD, bundle, certificate_for  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    return load_p12(bundle(key, certificate_for(key)), PASSWORD)


def _file(name: str, content: bytes, expected: Expected) -> Case:
    return Case(name=name, form=Form.FILE, asked=content, expected=frozenset({expected}))


def _code(typed: str, expected: Expected) -> Case:
    return Case(name=typed, form=Form.CODE, asked=typed, expected=frozenset({expected}))


def _picture(content: bytes, expected: Expected) -> Case:
    return Case(name="picture", form=Form.PICTURE, asked=content, expected=frozenset({expected}))


def _blank(dice: random.Random) -> bytes:
    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(dice.randrange(200, 600), 842)
    writer.write(target)
    return target.getvalue()
