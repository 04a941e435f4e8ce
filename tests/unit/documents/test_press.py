"""The press and the inspector: threads of their own, light imports, honest refusals."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from hashlib import sha256

import pytest

from bot.documents.certificates import CertificatePress, FileInspector, UnprintableTextError
from bot.documents.paper import compose
from bot.documents.signing import SigningKey
from bot.documents.university import University
from services.languages import Language
from tests.unit.documents.samples import CODE, LINKS, SIGNED_AT, order


@pytest.fixture
async def press(key: SigningKey) -> AsyncIterator[CertificatePress]:
    made = CertificatePress(key)
    yield made
    made.close()


async def test_papers_are_made_beside_each_other_and_found_unchanged(
    university: University, press: CertificatePress, key: SigningKey
) -> None:
    papers = [compose(university, order(language), LINKS) for language in (*Language, *Language)]
    made = await asyncio.gather(*(press.produce(paper, code=CODE, signed_at=SIGNED_AT) for paper in papers))
    inspector = FileInspector()
    for paper in made:
        assert paper.sha256 == sha256(paper.content).hexdigest()
        assert paper.signed_at == SIGNED_AT
        assert len(paper.content) <= 60_000
        assert (await inspector.inspect(paper.content, key.authority_pems)).unchanged is True
    inspector.close()


async def test_event_loop_stays_free_while_papers_are_made(university: University, press: CertificatePress) -> None:
    await press.warm_up()
    paper = compose(university, order(Language.KY), LINKS)
    work = asyncio.gather(*(press.produce(paper, code=CODE, signed_at=SIGNED_AT) for _ in range(10)))
    turns = 0
    while not work.done():
        turns += 1
        await asyncio.sleep(0.001)
    await work
    assert turns > 10


async def test_paper_with_another_code_is_not_signed(university: University, press: CertificatePress) -> None:
    paper = compose(university, order(Language.KY), LINKS)
    with pytest.raises(ValueError, match="another code"):
        await press.produce(paper, code=CODE[::-1], signed_at=SIGNED_AT)


async def test_moment_without_zone_is_refused(university: University, press: CertificatePress) -> None:
    paper = compose(university, order(Language.KY), LINKS)
    with pytest.raises(ValueError, match="time zone"):
        await press.produce(paper, code=CODE, signed_at=datetime(2026, 11, 21))  # noqa: DTZ001 - that is refused


async def test_unprintable_name_is_refused(university: University, press: CertificatePress) -> None:
    paper = compose(university, order(Language.EN, {"name": "李"}), LINKS)
    with pytest.raises(UnprintableTextError):
        await press.produce(paper, code=CODE, signed_at=SIGNED_AT)


async def test_preview_is_a_picture(university: University, press: CertificatePress) -> None:
    (page,) = await press.preview(compose(university, order(Language.KY), LINKS), dpi=40)
    assert page.startswith(b"\x89PNG")


def test_start_of_the_program_loads_no_heavy_tool() -> None:
    probe = (
        "import sys, bot.documents.certificates, bot.documents.paper, bot.documents.university, bot.localtime;"
        "print([name for name in ('pyhanko', 'typst', 'fontTools', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True)  # noqa: S603 - ours
    assert done.stdout.strip() == "[]"
