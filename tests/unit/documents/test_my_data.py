"""The report of what is kept about a person, as it is drawn."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from bot.documents.my_data import ReportPrinter
from bot.documents.university_model import University
from bot.i18n import Catalogues
from bot.localtime import LocalTime
from bot.stationery import card_of, kinds_of
from handlers.mydata.report import compose_report
from services.access import Role
from services.announcements.dto import Category
from services.certificates.register import RegisterStatus
from services.delivery.quiet_hours import QuietHours
from services.duties.dto import Outcome
from services.languages import Language, Trilingual
from services.linking.dto import LinkEnd, LinkWay
from services.mydata.dto import (
    AccountData,
    ActData,
    ActsData,
    AppliedData,
    CertificateData,
    ConsentData,
    CorrectionData,
    DraftData,
    LinkCodeData,
    LinkData,
    LinkRequestData,
    ListData,
    MessageData,
    MessagesData,
    PaperRequestData,
    PersonalData,
    ReadingData,
    RoleData,
    RosterData,
    SurveyData,
    TriesData,
    WrongFactData,
)
from services.mydata.plan_dto import (
    ExtensionData,
    HandedOnData,
    PlanActData,
    PlanDraftData,
    PlanReportData,
    PlansData,
)
from services.mydata.report_dto import Report
from services.mydata.talk_dto import TalkData, TalksData
from services.plans.dto import DutyState
from services.trust.dto import TalkState, Topic
from tests.support.people import AIZADA

I18N = Catalogues()
DATES = LocalTime(ZoneInfo("Asia/Bishkek"))
NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
BEFORE = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
UNIT = Trilingual(
    ky="Маалыматтык технологиялар институту",
    ru="Институт информационных технологий",
    en="Institute of Information Technologies",
)
STRANGER = PersonalData(
    taken_at=NOW,
    account=AccountData(
        telegram_id=7001, language=None, guessed_language=Language.KY, quiet_hours=None, silent=False, gathered=False,
        muted=(), first_seen_at=BEFORE, last_seen_at=NOW, linked_at=None, frozen_at=None, blocked_at=None,
    ),
    consents=(), roster=None, links=(), codes=(), requests=(), roles=(), lists=(), certificates=(),
    paper_requests=(), messages=MessagesData(newest=(), unasked=0, answers=0), acts=ActsData(newest=(), all=0),
    tries=TriesData(failures=0, locked_until=None), reports=(), drafts=(), readings=(), plans=PlansData(),
    surveys=(), talks=TalksData(), unserved=0, kind_names={},
)  # fmt: skip
STUDENT = replace(
    STRANGER,
    account=replace(
        STRANGER.account, silent=True, language=Language.RU, quiet_hours=QuietHours(start=time(22, 30), until=time(7)),
        linked_at=BEFORE, frozen_at=NOW, blocked_at=BEFORE, gathered=True, muted=(Category.EVENTS, Category.CAREER),
    ),
    consents=(ConsentData(version="2026-1", language=Language.RU, given_at=BEFORE),),
    surveys=tuple(
        SurveyData(opened_on=NOW.date(), closes_on=NOW.date(), named=named, finished=named, answer_kept=named)
        for named in (True, False)
    ),
    roster=RosterData(
        entry=AIZADA, unit=UNIT, first_linked_at=BEFORE, replaced_at=(BEFORE,),
        applied=(AppliedData(fact="visa_expires", expires_on=date(2026, 12, 21), applied_at=BEFORE),),
        corrections=(
            CorrectionData(
                fact="name_latin", roster_value="", value="Mamatova Aizada", corrected_at=BEFORE, ended_at=None
            ),
            CorrectionData(
                fact="birth_date", roster_value="2006-03-13", value="2006-03-14", corrected_at=BEFORE, ended_at=NOW
            ),
        ),
    ),
    links=(
        LinkData(
            way=LinkWay.CODE, of_this_account=False, to_this_person=True, linked_at=BEFORE, ended_at=NOW,
            ended_how=LinkEnd.MOVED, disowned_at=NOW,
        ),
        LinkData(
            way=LinkWay.CONTACT, of_this_account=True, to_this_person=True, linked_at=NOW, ended_at=None,
            ended_how=None, disowned_at=None,
        ),
        LinkData(
            way=LinkWay.REQUEST, of_this_account=True, to_this_person=False, linked_at=BEFORE, ended_at=NOW,
            ended_how=LinkEnd.TAKEN_AWAY, disowned_at=None,
        ),
    ),
    codes=(LinkCodeData(created_at=BEFORE, expires_at=NOW, used_at=BEFORE),),
    requests=(
        LinkRequestData(
            name="<b>Айзада</b> #strong[Маматова]", group_name="ПИ-1-25", person_no="S-1001", asked_at=BEFORE,
            state="refused", decided_at=NOW, reason="Номер не совпадает с билетом",
        ),
    ),
    roles=(
        RoleData(
            role=Role.UNIT_HEAD, unit=UNIT, valid_from=date(2026, 9, 1), valid_to=None, granted_at=BEFORE,
            revoked_at=None,
        ),
    ),
    lists=(ListData(name="<b>олимпиада</b>", brought_at=BEFORE),),
    certificates=(
        CertificateData(
            kind="study", language=Language.EN, number="2026-00017", code="7K3QX9MVP2RTABCDE123",
            issued_on=date(2026, 9, 2), valid_until=date(2026, 10, 2), status=RegisterStatus.REVOKED,
            revocation_reason="Выдана по ошибке",
        ),
        CertificateData(
            kind="gone", language=Language.KY, number="2026-00018", code="8K3QX9MVP2RTABCDE123",
            issued_on=date(2026, 9, 3), valid_until=None, status=RegisterStatus.ISSUED, revocation_reason="",
        ),
    ),
    paper_requests=(
        PaperRequestData(
            kind="study", language=Language.RU, state="refused", created_at=BEFORE, decided_at=NOW,
            given={"recipient": "<b>Бакай Банк</b>"}, entered={"amount": "2400.5"}, question="Кайсы банк?",
            answer="Бакай", refusal="Стипендия жок", receipt_kept=True, paid_at=NOW,
        ),
    ),
    messages=MessagesData(
        newest=(
            MessageData(kind="link_moved", created_at=NOW, state="sent"),
            MessageData(kind="of a later version", created_at=BEFORE, state="blocked"),
        ),
        unasked=5,
        answers=2,
    ),
    acts=ActsData(
        newest=(
            ActData(act="person_looked_at", at=NOW, by_me=False, about_me=True),
            ActData(act="role_granted", at=BEFORE, by_me=True, about_me=False),
        ),
        all=2,
    ),
    tries=TriesData(failures=2, locked_until=NOW),
    reports=(
        WrongFactData(
            number="2026-00001",
            fact="last_name",
            value="Асан кызы",
            reported_at=NOW,
            state="refused",
            refusal="Паспортто башкача",
        ),
    ),
    drafts=(DraftData(file_name="тизме.xlsx", sent_at=NOW),),
    readings=(
        ReadingData(
            texts={Language.KY: "<b>Сынак</b> эртең " * 9, Language.RU: "Экзамен завтра", Language.EN: "Exam"},
            read_at=NOW,
        ),
    ),
    plans=PlansData(
        handed=(
            HandedOnData(title="Отчет " * 20, unit=UNIT, due=date(2026, 12, 25), state=DutyState.OPEN, changed_at=NOW),
        ),
        reports=(
            PlanReportData(
                title="Отчет", unit=UNIT, reported_at=NOW, outcome=Outcome.PARTLY, words="<b>3 из 10</b>",
                evidence=("протокол.pdf", "https://kstu.kg/news"), accepted=False, comment="Толуктаңыз",
            ),
        ),
        extensions=(
            ExtensionData(
                title="Отчет", unit=None, asked_at=BEFORE, wanted=date(2027, 1, 15), reason="Комиссия кечикти",
                refused=False, granted=date(2027, 1, 10), comment="",
            ),
        ),
        newest=(
            PlanActData(title="Отчет", at=NOW, act="noted", words="Жыйын болду", by_me=True),
            PlanActData(title="Отчет", at=BEFORE, act="of a later version", words="", by_me=False),
        ),
        acts=9,
        drafts=(PlanDraftData(file_name="план.docx", sent_at=NOW),),
    ),
    talks=TalksData(
        booked=tuple(
            TalkData(starts_at=NOW, place="<b>214", officer="Бакыт", topic=topic, state=state)
            for topic, state in ((Topic.HEALTH, TalkState.BOOKED), (Topic.OTHER, TalkState.LEFT))
        ),
        offered=(BEFORE, NOW),
    ),
    unserved=1,
)  # fmt: skip


@pytest.fixture(scope="module")
def printer() -> ReportPrinter:
    return ReportPrinter()


def composed(data: PersonalData, language: Language, university: University) -> Report:
    data = replace(data, kind_names={kind.id: kind.name for kind in kinds_of(university).values()})
    with I18N.context(), I18N.use_locale(language.value):
        return compose_report(data, language, card_of(university), DATES)


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def cells(report: Report) -> list[str]:
    """Return every text of a report."""
    found = [report.title, report.subtitle, report.lead]
    for section in report.sections:
        found += [section.title, *section.sentences, *(text for row in section.facts for text in row)]
        if section.table:
            assert {len(row) for row in section.table.rows} == {len(section.table.headings)}
            found += [*section.table.headings, *(text for row in section.table.rows for text in row)]
    return found


@pytest.mark.parametrize("language", Language)
async def test_everything_is_printed_in_the_readers_language(
    university: University, printer: ReportPrinter, language: Language
) -> None:
    report = composed(STUDENT, language, university)
    content = await printer.draw(report)
    text = read(content).replace(" ", "")
    assert [cell for cell in cells(report) if "".join(cell.split()) not in text] == []
    assert university.name.get(language).replace(" ", "")[1:] in text
    for fact in ("Маматова", "S-1001", "7K3QX-9MVP2-RTABC-DE123", "Mamatova Aizada", "22:30–07:00", "ofalaterversion"):
        assert fact.replace(" ", "") in text


@pytest.mark.parametrize("data", [STUDENT, STRANGER], ids=["student", "stranger"])
def test_no_sentence_is_left_in_another_language_or_with_a_hole(university: University, data: PersonalData) -> None:
    said = {language: cells(composed(data, language, university)) for language in Language}
    assert not [
        cell for texts in said.values() for cell in texts if {"{", "}"} & set(cell) or not cell or "None" in cell
    ]
    english, russian, kyrgyz = said[Language.EN], said[Language.RU], said[Language.KY]
    same = {one for one, *others in zip(english, russian, kyrgyz, strict=True) if one in others and " " in one}
    assert same <= {"<b>Айзада</b> #strong[Маматова]", "Номер не совпадает с билетом", "Mamatova Aizada",
                    "№ 45, 20.08.2025", "Software Engineering", "Программная инженерия", "Программалык инженерия",
                    "Маматова Айзада Бакытовна", "of a later version", "Telegram 7001", "<b>Бакай Банк</b>; 2400.5",
                    "Кайсы банк? – Бакай – Стипендия жок", "Асан кызы", "Паспортто башкача",
                    "протокол.pdf; https://kstu.kg/news", "Комиссия кечикти", "Жыйын болду",
                    f"{('Отчет ' * 14)[:80].rstrip()}…"}  # fmt: skip


async def test_stranger_gets_what_there_is(university: University, printer: ReportPrinter) -> None:
    text = read(await printer.draw(composed(STRANGER, Language.EN, university)))
    assert "Nobody in the roster is linked to this account." in text
    assert "Page 1 of " in text
    assert "square brackets" not in text


async def test_signs_that_the_fonts_lack_are_named_by_their_numbers(
    university: University, printer: ReportPrinter
) -> None:
    assert STUDENT.roster is not None
    odd = replace(STUDENT, roster=replace(STUDENT.roster, entry=replace(AIZADA, last_name="李 🎓 Маматова")))
    text = read(await printer.draw(composed(odd, Language.EN, university)))
    assert "[U+674E] [U+1F393] Маматова" in text
    assert "square brackets" in text


async def test_long_history_runs_over_many_sheets(university: University, printer: ReportPrinter) -> None:
    acts = ActsData(newest=STUDENT.acts.newest * 50, all=1200)
    content = await printer.draw(composed(replace(STUDENT, acts=acts), Language.EN, university))
    assert len(PdfReader(BytesIO(content)).pages) >= 4
    assert "And 1100 earlier entries." in read(content)
