"""Buttons that lead from one feature to another; whoever owns the place handles them."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Place(StrEnum):
    """Where the menu leads."""

    MENU = "m"
    CERTIFICATES = "c"
    VERIFICATION = "v"
    LANGUAGE = "l"
    LINKING = "k"
    SETTINGS = "s"
    MY_DATA = "d"
    HELP = "h"
    DESKS = "a"
    STUDY_OFFICE = "o"
    REQUESTS = "q"
    ROSTER = "r"
    ROLES = "t"
    REPORTS = "w"
    CERTIFICATE_DESK = "e"
    WORKDAYS = "n"
    OWN_PAPERS = "p"
    EXPIRING = "x"
    MY_REQUESTS = "y"
    EDITORS_DESK = "b"
    BULLETIN = "u"
    ANNOUNCEMENT_CHOICE = "g"
    PLAN = "f"
    PLAN_DESK = "z"
    CHANNELS = "j"
    PLAN_FIGURES = "1"
    PLAN_CALENDARS = "2"
    SURVEYS = "su"
    SURVEY_DESK = "sd"
    SURVEY_REPORTS = "sr"
    TRUST = "8"
    TRUST_DESK = "9"
    QUESTIONNAIRES = "i"


class GoTo(CallbackData, prefix="go"):
    """Open a place of the menu."""

    place: Place


class ChooseKind(CallbackData, prefix="ck"):
    """Order a certificate of this kind."""

    kind: str


class OpenPerson(CallbackData, prefix="op"):
    """Open a person's card at the Study Office."""

    person_id: int


class ReportWrong(CallbackData, prefix="rw"):
    """Say that something on one's own certificate is wrong."""

    certificate_id: int


class OpenQueue(CallbackData, prefix="dq"):
    """Open the queue of a desk (the code of a unit), or come back to it."""

    desk: str


class OpenRequest(CallbackData, prefix="fo"):
    """Look at a request at its desk, or come back to it."""

    request_id: int


class QueueSheet(CallbackData, prefix="dx"):
    """Take a desk's queue along as a spreadsheet, or bring it back."""

    desk: str


class WholeGroup(CallbackData, prefix="wg"):
    """Issue one kind for a whole group or a list, at a desk."""

    desk: str


class GroupCodes(CallbackData, prefix="gc"):
    """Print one-time codes for a whole group."""


class ReleaseLink(CallbackData, prefix="rl"):
    """Lift the hold of an account: the one that came with this link, no later one."""

    account_id: int
    link_id: int


class OpenEditorsDesk(CallbackData, prefix="ya"):
    """Look at the drafts, and begin another one."""


class ListWaiting(CallbackData, prefix="yw"):
    """Look at what waits for one's decision."""


class LookAtCorrection(CallbackData, prefix="k6"):
    """See a correction as its readers will, in every language."""

    revision_id: int


class OpenDraft(CallbackData, prefix="yd"):
    """Look at a draft: what it has and what it lacks."""

    draft_id: int


class OpenAudience(CallbackData, prefix="yu"):
    """Choose who gets a draft."""

    draft_id: int


class OpenSending(CallbackData, prefix="yp"):
    """Choose when and how a draft goes out, look at it as its readers will, and send it."""

    draft_id: int


class ListSent(CallbackData, prefix="z1"):
    """Look at what was sent lately."""


class OpenAnnouncement(CallbackData, prefix="yo"):
    """Look at what has begun to go out."""

    announcement_id: int


class ConfirmReading(CallbackData, prefix="yr"):
    """Say that one has read and understood an announcement."""

    announcement_id: int


class OpenRevision(CallbackData, prefix="k1"):
    """Correct an announcement that is out, or take it back."""

    announcement_id: int


class OpenElsewhere(CallbackData, prefix="k2"):
    """Take an announcement's texts along for other places."""

    announcement_id: int


class OpenStatistics(CallbackData, prefix="j1"):
    """Look at how an announcement was received."""

    announcement_id: int


class OpenTotals(CallbackData, prefix="j7"):
    """Look at how the announcements of the last so many days were received."""

    days: int = 30


class RemindReaders(CallbackData, prefix="j2"):
    """Remind those who have not said that they have read an announcement."""

    announcement_id: int


class OpenDuty(CallbackData, prefix="pd"):
    """Look at what a unit (by its id) has to do with one instance of a plan's item."""

    instance_id: int
    unit_id: int


class OpenPlan(CallbackData, prefix="pl"):
    """Look at a plan at its coordinator's desk."""

    plan_id: int


class OpenPlanItem(CallbackData, prefix="pi"):
    """Look at an item of a plan at its coordinator's desk."""

    item_id: int


class BringPlan(CallbackData, prefix="pb"):
    """Bring a plan's file, or go on with one that waits for its review."""


class OpenEvidence(CallbackData, prefix="pe"):
    """Look at a file that was put beside a unit's report."""

    evidence_id: int


class OpenDashboard(CallbackData, prefix="pf"):
    """Look at how a plan stands, or (0) all plans of this academic year."""

    plan_id: int = 0


class OpenCalendar(CallbackData, prefix="pk"):
    """Look at the calendar address of a unit, by its id."""

    unit_id: int


class OpenUnheard(CallbackData, prefix="n1"):
    """Look at whom of a plan nobody would hear."""

    plan_id: int
    page: int = 0


class OpenForecast(CallbackData, prefix="n2"):
    """Look at what will be sent until the end of a plan (0: of all plans)."""

    plan_id: int


class AddPlanItem(CallbackData, prefix="paa"):
    """Add an item to a plan; `sitting_id`: as a decision of this sitting, 0 for none."""

    plan_id: int
    sitting_id: int = 0


class OpenSittings(CallbackData, prefix="psl"):
    """Look at the sittings of a plan."""

    plan_id: int


class OpenSitting(CallbackData, prefix="pso"):
    """Look at a sitting; whoever answers for an item of it may."""

    sitting_id: int


class TieItem(CallbackData, prefix="pst"):
    """Choose the sitting by which an item goes; `version`: of the item as it was shown."""

    item_id: int
    version: int


class OpenSurveyReport(CallbackData, prefix="9y"):
    """Look at what a closed survey found."""

    survey_id: int


class OpenSurveyOutcome(CallbackData, prefix="9z"):
    """Write what changed because of a survey's answers, and tell it."""

    survey_id: int


class OpenEdition(CallbackData, prefix="qbe"):
    """Look at an edition of the library of questionnaires."""

    edition_id: int


class BeginSurvey(CallbackData, prefix="8b"):
    """Prepare a survey with a questionnaire."""

    questionnaire_id: int


class TakeShipped(CallbackData, prefix="qbv"):
    """Put a questionnaire that comes with the bot into the library; `number`: its place among them."""

    number: int


class PreviewAnswer(CallbackData, prefix="qbn"):
    """Tap on an answer of a preview: nothing is answered there."""
