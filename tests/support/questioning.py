"""Papers of every fate are issued by the running bot, and all ways are asked about them."""

from bot.documents import university as university_file
from bot.documents.signing import open_key
from services.certificates.dto import VerdictKind
from services.certificates.rules import read_code
from services.ports import SystemClock
from tests.support.agreement import Answer, Ways, headline_of
from tests.support.doubtful_papers import Case, Doubts, Form, Paper, foreign_key
from tests.support.journeys import receives
from tests.support.people import AIZADA
from tests.support.pictures import photograph

_FATES = (
    (VerdictKind.VALID, ""),
    (
        VerdictKind.VALID,
        "update people set status = 'expelled' where id = (select person_id from certificates {which})",
    ),
    (VerdictKind.EXPIRED, "update certificates set valid_until = '2020-01-31' {which}"),
    (VerdictKind.REVOKED, "update certificates set status = 'revoked' {which}"),
    (VerdictKind.SUPERSEDED, "update certificates set status = 'superseded' {which}"),
)


async def doubts_about(ways: Ways, each: int, *, seed: int) -> Doubts:
    """Issue so many papers of each fate, and return what can be asked about them and about forgeries."""
    papers = [await _issue(ways, fate, change) for fate, change in _FATES for _ in range(each)]
    university, now = university_file.load(), SystemClock().now()
    ours = open_key(None, "", ways.settings.data_dir, university, now=now)
    bot = ways.telegram.bot.given.links.bot_username
    return Doubts(papers, bot, ours, foreign_key(), seed)


async def _issue(ways: Ways, fate: VerdictKind, change: str) -> Paper:
    friend = await ways.telegram.meet("Айзада", AIZADA)
    paper = await receives(friend)
    which = "where person_id = (select id from people where person_no = :number)"
    code = await ways.telegram.value(f"select code from certificates {which}", number=friend.person_no)  # noqa: S608
    if change:
        await ways.telegram.execute(change.format(which=which), number=friend.person_no)
    return Paper(code=code, pdf=paper.content, fate=fate)


async def ask(ways: Ways, case: Case) -> list[str]:
    """Ask everywhere; return what is wrong with the answers, nothing if all are right and the same."""
    answers = await _answers(ways, case)
    first = next(iter(answers.values()))
    wrong = [f"{case.name}: {answers}"] if set(answers.values()) != {first} else []
    if first.headline not in {headline_of(expected) for expected in case.expected}:
        wrong.append(f"{case.name}: {first}, expected {set(case.expected)}")
    return wrong


async def _answers(ways: Ways, case: Case) -> dict[str, Answer]:
    if case.form is Form.FILE:
        assert isinstance(case.asked, bytes)
        return await ways.ask_file(case.asked)
    if case.form is Form.PICTURE:
        assert isinstance(case.asked, bytes)
        return await ways.ask_picture(case.asked)
    assert isinstance(case.asked, str)
    by_code = await ways.ask_code(case.asked)
    by_picture = await ways.ask_picture(photograph(read_code(case.asked) or case.asked))
    return by_code | {f"picture: {way}": answer for way, answer in by_picture.items()}
