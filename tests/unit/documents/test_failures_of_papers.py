"""The press as the printing service sees it: what is the paper's fault, and what is not."""

from collections.abc import AsyncIterator

import pytest

from bot.documents.paper import compose
from bot.documents.signing import SigningKey
from bot.documents.university import University
from bot.press import Press
from services.certificates.dto import Paper
from services.certificates.ports import PaperSpoiled
from services.languages import Language
from tests.unit.documents.samples import CODE, LINKS, SIGNED_AT, order


@pytest.fixture
async def press(key: SigningKey) -> AsyncIterator[Press]:
    made = Press(key)
    yield made
    made.close()


@pytest.fixture
def paper(university: University) -> Paper:
    return compose(university, order(Language.EN), LINKS)


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"code": "another"}, "ValueError"),
        ({"qr": "x" * 5000}, "DataOverflowError"),
        ({"title": "李"}, "UnprintableTextError"),
        ({"lines": "no list"}, "TypstError"),
    ],
)
async def test_failure_of_the_paper_is_told_by_its_kind_only(
    press: Press, paper: Paper, change: dict[str, object], failure: str
) -> None:
    with pytest.raises(PaperSpoiled) as refused:
        await press.produce({**paper, **change}, code=CODE, signed_at=SIGNED_AT)
    assert str(refused.value) == failure


async def test_paper_without_a_part_is_spoiled(press: Press, paper: Paper) -> None:
    without = {name: part for name, part in paper.items() if name != "qr"}
    with pytest.raises(PaperSpoiled, match="KeyError"):
        await press.produce(without, code=CODE, signed_at=SIGNED_AT)


@pytest.mark.parametrize("failure", [MemoryError(), OSError(28, "No space left on device"), RuntimeError("shut down")])
async def test_failure_of_the_machine_is_not_the_papers(
    press: Press, paper: Paper, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def fail(*_given: object) -> bytes:
        raise failure

    monkeypatch.setattr("bot.documents.certificates.CertificatePress._produce", fail)
    with pytest.raises(type(failure)):
        await press.produce(paper, code=CODE, signed_at=SIGNED_AT)
