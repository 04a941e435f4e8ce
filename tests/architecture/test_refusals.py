"""Every refusal has a sentence in three languages."""

import importlib
import pkgutil

import pytest

import services
from bot.refusals import OPERATOR_REFUSALS, RefusalSentences
from bot.refusals.words import Words
from bot.stationery import UniversityWords
from services import access
from services.announcements import errors as announcements
from services.announcements.dto import AnnouncementState
from services.audience import errors as audience
from services.audience.dto import TermFault, TermKey
from services.batches import errors as batches
from services.bulletin.errors import (
    AnnouncementWithdrawn,
    NobodyToRemind,
    NotARecipient,
    NothingToConfirm,
    NothingToCount,
    NotInBulletin,
    OnlyPreview,
    RemindedLately,
)
from services.certificates import errors as certificates
from services.certificates.fields import FieldProblem, FieldRefused
from services.channels import errors as channels
from services.corrections import errors as corrections
from services.corrections.dto import Fact, FactForm
from services.desk_sheets import errors as desk_sheets
from services.duties import errors as duties
from services.errors import Refusal
from services.expiries.errors import PaperMoved
from services.html import FaultKind as HtmlFaultKind
from services.html import HtmlFault
from services.languages import Language
from services.link_requests import errors as link_requests
from services.linking import errors as linking
from services.mydata.errors import DataTakenTooOften
from services.people import errors as people
from services.people.dto import PersonStatus
from services.plan_desk import errors as plan_desk
from services.plan_files import errors as plan_files
from services.plan_import import errors as plan_import
from services.plan_reminders.errors import NoSuchPlan, NothingToWrite
from services.plan_reports import errors as plan_reports
from services.plans.dto import DutyState
from services.questionnaires import errors as questionnaires
from services.questionnaires.draft_dto import DraftFault, Gap
from services.questionnaires.errors import QuestionnaireUnusable
from services.reports import errors as reports
from services.requests import errors as requests
from services.requests.dto import RequestState
from services.requests.rules import OPEN_STATES
from services.revisions import errors as revisions
from services.roles import errors as roles
from services.roles.dto import Period
from services.sittings import errors as sittings
from services.study_office import errors as study_office
from services.survey_reports import errors as survey_reports
from services.survey_tickets import errors as survey_tickets
from services.surveys import errors as surveys
from services.tables.dto import CellFlaw, FaultKind, TableFault
from services.trust import errors as trust
from services.workdays import errors as workdays
from tests.architecture.wording import AIZADA, CARD, DATES, DAY, I18N, KIND, MOMENT, UNIVERSITY, Markup, check

SENTENCES = RefusalSentences(Words(university=CARD, labels=UniversityWords(UNIVERSITY), dates=DATES))


def wrong_value_of_a_row() -> FieldRefused:
    refusal = FieldRefused(KIND.facts[0], FieldProblem.NOT_A_NUMBER, row=3)
    refusal.place = 2
    return refusal


REFUSALS: list[Refusal] = [
    access.NotAllowed(),
    QuestionnaireUnusable(["items[1] <b> text"] * 12),
    survey_reports.SurveyNotClosed(),
    survey_reports.TooFewTexts(),
    survey_reports.TextsWithheld(),
    survey_reports.TextsOfOneUnit(),
    survey_reports.TextDecided(),
    survey_reports.OutcomeTooLong(1200),
    survey_reports.OutcomeIncomplete(),
    survey_reports.OutcomeSent(),
    survey_reports.NobodyToTell(),
    surveys.SurveyMissing(),
    surveys.SurveyChanged(),
    surveys.SurveyNotDraft(),
    surveys.SurveyNotOpen(),
    surveys.PublicAddressMissing(),
    surveys.TooFewPeople(29, 30),
    surveys.TooFewPeople(0, 1),
    surveys.ChatRoomMissing(),
    surveys.SurveyKeyUnusable("no space left"),
    surveys.SurveyKeyMissing(),
    surveys.ReaderMissing(),
    surveys.SurveyAlike(14),
    surveys.QuestionnaireMissing(),
    surveys.QuestionnaireUnfinished(),
    surveys.RevisionTaken("climate-students", 1),
    surveys.SaysAnonymous(["<b>title.ru"]),
    surveys.LastDayUnusable(DAY, DAY),
    surveys.PeriodUnusable(100),
    surveys.ReaderUnknown("<b>"),
    surveys.ClosingHalted(),
    access.NotLinked(),
    access.LinkFrozen(),
    *(announcements.AnnouncementEnded(1, state) for state in AnnouncementState),
    announcements.AlreadyOut(1),
    announcements.DraftChanged(1),
    channels.NoSuchChannel(1),
    channels.ChannelLost("<b>Канал</b>"),
    channels.ChannelsClosed(["<b>Канал</b>", "Топ"]),
    channels.ChannelTextTooLong("<b>Канал</b>", 5_000, 4_096),
    announcements.TextMissing([Language.KY, Language.EN]),
    announcements.FallbackMissing(Language.RU),
    announcements.AboutMissing([Language.RU]),
    announcements.AboutUnusable(200),
    announcements.CaptionsTooLong({Language.KY: 1_025, Language.EN: 4_000}, 1_024),
    announcements.LinkUnreadable("<b>" * 40, 64),
    announcements.TooManyLinks(5),
    *(
        announcements.TextUnusable(Language.KY, HtmlFault(kind=kind, found="<b>", length=5_000, limit=4_096))
        for kind in HtmlFaultKind
    ),
    announcements.NoSuchAnnouncement(1),
    announcements.ApprovalNeeded(1),
    announcements.ApprovalStale(1),
    announcements.DueInPast(MOMENT),
    announcements.MomentUnreadable(),
    announcements.NobodyApproves(1),
    announcements.NobodyElse(),
    announcements.NotCurator("<b>"),
    announcements.AudienceFixed("<b>"),
    announcements.NobodyLeftOut(1),
    announcements.NobodyMeant(),
    announcements.NotBegun(1),
    announcements.OwnAnnouncement(1),
    announcements.PreviewNotSeen(1),
    announcements.ReasonUnusable(500),
    announcements.SubmittedAlready(1),
    revisions.AlreadyWithdrawn(1),
    revisions.CorrectionChanged(),
    revisions.CorrectionNotSeen(),
    revisions.NotOutYet(1),
    revisions.NothingCorrected(1),
    revisions.OwnCorrection(),
    batches.BatchDiffers(),
    batches.BatchListUnreadable(fault=TableFault(kind=FaultKind.PDF)),
    batches.BatchListUnreadable(row=3),
    batches.BatchNotReady(3, 40),
    batches.BatchTooLong(1000),
    batches.ListedTwice(3),
    batches.NoSuchBatch(),
    batches.NobodyCanHaveIt(),
    batches.NobodyInBatch(),
    batches.NothingToCancel(),
    batches.PersonNotInRoster("<S-1>"),
    batches.ValuesMissing(KIND, ["name", "programme"]),
    audience.AudienceUnknown(["list:<b>олимпиада"]),
    *(audience.AudienceUnreadable("<b>роль", reason, tuple(TermKey)) for reason in TermFault),
    audience.AudienceUnreadable("group:—", TermFault.IMPOSSIBLE_VALUE),
    audience.ListEmpty(),
    audience.ListNameUnusable("<b>"),
    audience.ListUnreadable(row=3),
    audience.ListUnreadable(fault=TableFault(kind=FaultKind.PDF)),
    audience.ListUnreadable(fault=TableFault(kind=FaultKind.MISSING_COLUMNS, names=("person_no",))),
    certificates.KindNotOffered(),
    certificates.IssuingHalted(),
    certificates.KindNotForYou(KIND),
    certificates.NeedsADesk(KIND),
    *(
        FieldRefused(KIND.facts[0], problem, limit=limit, row=row)
        for problem in FieldProblem
        for limit in ("2026-09-01" if problem is FieldProblem.BEFORE_OTHER else "<7>",)
        for row in (None, 3)
    ),
    wrong_value_of_a_row(),
    certificates.LanguageNotOffered(),
    certificates.NothingToReplace("2026-00001"),
    certificates.ReplacedAlready("2026-00001"),
    questionnaires.ChoicesUncounted(2, 20),
    questionnaires.ChoicesUncounted(2, 20, 3),
    *(questionnaires.ItemWordsUnusable(fault, 300) for fault in questionnaires.WordFault),
    questionnaires.MinutesUnusable(60),
    questionnaires.NoSuchQuestionnaire(),
    questionnaires.QuestionnaireChanged(),
    questionnaires.QuestionnaireCodeTaken("<b>q"),
    questionnaires.QuestionnaireCodeUnusable(40),
    questionnaires.QuestionnaireFull(60),
    questionnaires.QuestionnaireUnready([DraftFault(gap=Gap.TITLE)]),
    reports.DocumentUnusable(10),
    reports.NoDocumentWanted(),
    reports.NoSuchReport(),
    reports.NotOnPaper(),
    reports.ReportDecided(),
    reports.ReportReasonNeeded(),
    reports.ReportedAlready(),
    reports.SameAsPrinted(),
    reports.SourceMustCorrect(),
    reports.ValueTooLong(300),
    certificates.NotAStudent(),
    *(certificates.NotStudying(status) for status in PersonStatus if status is not PersonStatus.ACTIVE),
    *(certificates.FactsMissing(KIND, language, ["name", "programme", "unit"]) for language in Language),
    certificates.FactsUnprintable(KIND, ["name", "programme"]),
    certificates.AnswersMissing(KIND, ["name", "programme"]),
    certificates.NoSuchCertificate(),
    certificates.RevokedAlready("2026-00001", MOMENT),
    certificates.ReasonNeeded(),
    certificates.ReasonTooLong(300),
    desk_sheets.ApprovalUnclear(),
    desk_sheets.BothDecided(),
    *(desk_sheets.CellUnusable(flaw) for flaw in CellFlaw),
    desk_sheets.FactHasNoPlace(KIND.facts[0]),
    desk_sheets.RowDiffers(),
    desk_sheets.RowRepeated(),
    desk_sheets.RowUnknown(),
    desk_sheets.SheetGone(),
    desk_sheets.SheetTooLong(1_000),
    *(desk_sheets.SheetUnreadable(TableFault(kind=kind, names=("<b>",), limit=20)) for kind in FaultKind),
    survey_tickets.TicketsNotMeant(),
    survey_tickets.NoSuchGroup("<b>", ["mti", "<b>iit"]),
    survey_tickets.TooManyTickets(2_000),
    survey_tickets.TicketsRunOut(44, 3),
    *(linking.LinkCodeUnknown(left) for left in range(5)),
    linking.LinkCodeUsed(4),
    linking.LinkCodeExpired(1),
    linking.LinkingLocked(MOMENT),
    linking.LinkedToAnother(AIZADA),
    linking.ConsentNeeded(),
    linking.ContactForwarded(),
    linking.ContactLocked(MOMENT),
    linking.ContactNotOwn(),
    linking.NumberNotRecognised(),
    linking.LinkStandsNoMore(),
    linking.LinkTaken(),
    linking.NotFrozen(),
    linking.OwnAccount(),
    linking.PersonAbsent("S-1"),
    linking.PersonNotLinked(),
    linking.UnknownGroup("<b>ПИ", []),
    linking.UnknownGroup("ПИ", ["<b>ПИ-1-25</b>", "ПИ-2-25"]),
    linking.GroupLinked("<b>ПИ-1-25"),
    link_requests.AskerFrozen(),
    link_requests.HolderNeedsCode(),
    link_requests.ReasonUnreadable(),
    link_requests.RequestDecided(),
    link_requests.RequestsExhausted(),
    link_requests.RequestUnreadable(),
    link_requests.RequestWaiting(MOMENT),
    requests.AnotherDesk(),
    requests.AskedAlready(1),
    requests.DeskUnknown(),
    requests.FactNotAsked(),
    requests.FactsNotEntered(KIND, ["name", "programme"]),
    *(requests.HeldByAnother(holder) for holder in ("", AIZADA.full_name)),
    requests.IssuedAtOnce(KIND),
    requests.NoCopyOfThis(),
    requests.NoReceipt(),
    requests.NoSuchRequest(),
    *(requests.NotAtThisStage(state) for state in RequestState),
    *(requests.NotForPerson(kind) for kind in (None, KIND)),
    requests.NotHeld(),
    requests.NothingFree(),
    requests.ReceiptUnreadable(10),
    requests.RequestChanged(),
    *(requests.RequestClosed(state) for state in RequestState if state not in OPEN_STATES),
    requests.SameIssuedToday("2026-00001"),
    requests.TooManyRequests(10),
    requests.WordsUnreadable(500),
    roles.UnknownHolder("<b>17</b>"),
    roles.UnknownUnit("<i>"),
    roles.UnitNeeded(access.Role.UNIT_HEAD),
    roles.WrongPeriod(),
    roles.PeriodIsOver(DAY),
    *(roles.RoleHeldAlready(period) for period in (Period(), Period(first=DAY), Period(first=DAY, last=DAY))),
    roles.RoleNotHeld(),
    roles.OwnAdministration(),
    roles.LastAdministrator(),
    roles.GrantNotInForce(),
    roles.DeputyOfDeputy(),
    roles.DeputyOfThemself(),
    roles.DeputyNeedsPeriod(),
    roles.BeyondGrant(DAY),
    people.UnknownPerson("<S-1>"),
    people.NoSuchPerson(),
    *(
        people.RosterUnreadable(
            TableFault(kind=kind, names=("person_no", "<b>"), limit=200_000, row=row, merged=bool(row))
        )
        for kind in FaultKind
        for row in (None, 2)
        if row is None or kind is FaultKind.MISSING_COLUMNS
    ),
    people.DraftGone(),
    people.DraftDiffers(),
    people.NothingToUndo(),
    people.NotTheLastImport(),
    study_office.NothingToSearch(),
    study_office.SearchTooLong(100),
    *(corrections.FactMalformed(Fact.NAME_LATIN, form) for form in FactForm),
    *(corrections.FactNeeded(fact) for fact in Fact),
    corrections.FactTooLong(Fact.PHONE, 300),
    corrections.FactNotPrintable(Fact.LAST_NAME, ["🎓", "<", "\u200b"]),
    corrections.FactUnchanged(Fact.BIRTH_DATE),
    corrections.GroupsUnknown(Fact.CURATOR_OF, ["<b>", "ПИ-9-99"]),
    corrections.CorrectionEnded(),
    corrections.RosterBusy(),
    DataTakenTooOften(MOMENT),
    plan_import.OtherYear("<b>2024", "2025-26"),
    plan_import.PlanClosed(),
    plan_import.PlanDraftGone(),
    plan_import.PlanDraftDiffers(),
    plan_import.DecisionsUnreadable(rows=(3, 7)),
    plan_import.DecisionsOutdated((3, 7)),
    *(plan_import.DecisionsUnreadable(fault=TableFault(kind=kind)) for kind in FaultKind),
    *(plan_files.PlanFileUnreadable(fault, names=("<b>Срок",), limit=20) for fault in plan_files.PlanFault),
    PaperMoved(),
    plan_reports.NothingPlanned(),
    plan_reports.NotCounted(),
    plan_reports.NoPlanFile(),
    plan_reports.NoCalendarPages(),
    plan_reports.CalendarChanged(),
    NoSuchPlan(),
    NothingToWrite(),
    AnnouncementWithdrawn(),
    NobodyToRemind(),
    NotARecipient(),
    NotInBulletin(),
    NothingToConfirm(),
    NothingToCount(),
    OnlyPreview(),
    RemindedLately(MOMENT),
    workdays.NoSuchChange(DAY),
    duties.DayNotLater(DAY),
    duties.DayTooFar(DAY),
    duties.DutyChanged(),
    duties.DutyWordsNeeded(500),
    duties.EvidenceForbidden(),
    duties.EvidenceTooLarge(20),
    duties.EvidenceTooMuch(10),
    duties.EvidenceWanted(),
    duties.ExtensionWaits(),
    duties.HeldInFuture(),
    duties.ItemOver(""),
    duties.ItemOver("<b>Буйрук"),
    duties.LinkUnusable(),
    duties.NoSuchColleague(),
    duties.NoSuchDuty(),
    duties.NoSuchEvidence(),
    *(duties.NotAtThisPoint(state) for state in DutyState),
    duties.NumberUnusable(1, 100),
    duties.OnlyInformed(),
    duties.ReportLookedAt(),
    plan_desk.CountUnusable(100),
    plan_desk.DayUnusable(DAY, DAY),
    plan_desk.DeadlineUnclear(),
    plan_desk.GroupUnusable(),
    plan_desk.LadderUnusable(10, 120),
    plan_desk.RhythmUnusable(60),
    sittings.MaterialsUnusable(60),
    sittings.NoPaper(),
    sittings.NoSittingsPrinted(),
    sittings.NoSuchSitting(),
    sittings.PaperUnusable(20),
    sittings.SittingChanged(),
    sittings.SittingOver(),
    plan_desk.DecisionGone(),
    plan_desk.DeskWordsNeeded(500),
    plan_desk.ItemChanged(),
    plan_desk.NoSuchItem(),
    plan_desk.NoSuchUnit(),
    workdays.DayOutOfReach(DAY, DAY),
    workdays.SourceNeeded(),
    workdays.SourceTooLong(200),
    workdays.DecidedLater(),
    trust.NobodyFree(),
    trust.NoSuchSlot(),
    trust.PlaceNeeded(100),
    trust.SlotBooked(),
    trust.SlotTaken(),
    trust.TalkOpenAlready(MOMENT),
    trust.TalkOver(),
    trust.TimesOverlap(),
    trust.TimesPast(92),
    trust.TimesUnreadable(),
]


def all_refusals() -> set[type[Refusal]]:
    """Import all services and return what they can refuse; a class with subclasses is only their common name."""
    for module in pkgutil.walk_packages(services.__path__, "services."):
        importlib.import_module(module.name)
    found: set[type[Refusal]] = set()
    waiting = [Refusal]
    while waiting:
        children = waiting.pop().__subclasses__()
        waiting += children
        found |= {child for child in children if not child.__subclasses__()}
    return {refusal for refusal in found if refusal.__module__.startswith("services.")}


def test_every_refusal_has_a_sentence_for_the_chat_or_is_the_operators_own() -> None:
    assert all_refusals() == SENTENCES.worded | OPERATOR_REFUSALS
    assert not SENTENCES.worded & OPERATOR_REFUSALS


def test_every_sentence_is_tried_here() -> None:
    assert {type(refusal) for refusal in REFUSALS} == SENTENCES.worded


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: f"{type(refusal).__name__} {refusal}".strip())
def test_refusal_is_said_in_three_languages(refusal: Refusal) -> None:
    texts = {}
    for language in Language:
        with I18N.context(), I18N.use_locale(language.value):
            texts[language] = SENTENCES.sentence(refusal, language)
    check(texts)


def test_what_is_missing_is_named_in_the_readers_words() -> None:
    with I18N.context(), I18N.use_locale("ru"):
        text = SENTENCES.sentence(certificates.FactsMissing(KIND, Language.EN, ["programme", "name"]), Language.RU)
    words = UniversityWords(UNIVERSITY)
    for fact in ("programme", "name"):
        assert words.label("study", fact, Language.RU) in text
    assert UNIVERSITY.study_office.phone in text


def test_name_that_somebody_typed_is_no_markup() -> None:
    with I18N.context(), I18N.use_locale("ky"):
        text = SENTENCES.sentence(linking.LinkedToAnother(AIZADA), Language.KY)
    assert AIZADA.full_name in Markup(text).text
