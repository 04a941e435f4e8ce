"""The half of the report that tells of the account: settings, consents, messages, acts."""

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.categories import category_name
from handlers.common.languages import language_name
from handlers.mydata.wording import NOTHING, Wording
from handlers.mydata.words import act_in_words, kind_of_message, state_of_message
from services.html import visible_text
from services.mydata.dto import AccountData, ActData, PersonalData, ReadingData
from services.mydata.report_dto import ReportSection, ReportTable

_FIRST_WORDS = 80


def account_sections(data: PersonalData, wording: Wording) -> tuple[ReportSection, ...]:
    """Return the sections of the account."""
    return (
        _account(data.account, wording),
        _consents(data, wording),
        _messages(data, wording),
        *_readings(data, wording),
        _acts(data, wording),
        *_drafts(data, wording),
    )


def _account(account: AccountData, wording: Wording) -> ReportSection:
    language = account.language or account.guessed_language
    facts = [
        (_("Telegram id"), str(account.telegram_id)),
        (_("Language of the bot"), language_name(language) if language else NOTHING),
        (_("Chosen by you"), _("yes") if account.language else _("no, taken from Telegram")),
        (_("Quiet hours"), _quiet_hours(account)),
        (_("Sound of ordinary messages"), _("switched off") if account.silent else _("switched on")),
        (_("Ordinary messages"), _("together, in the evening") if account.gathered else _("at once")),
        (_("Announcements switched off"), ", ".join(map(category_name, account.muted)) or NOTHING),
        (_("First seen"), wording.moment(account.first_seen_at)),
        (_("Last seen (to five minutes)"), wording.moment(account.last_seen_at)),
        (_("Linked since"), wording.moment(account.linked_at)),
    ]
    if account.frozen_at is not None:
        facts.append((_("Link on hold since"), wording.moment(account.frozen_at)))
    if account.blocked_at is not None:
        facts.append((_("The bot was blocked"), wording.moment(account.blocked_at)))
    return ReportSection(title=_("The Telegram account"), facts=tuple(facts))


def _quiet_hours(account: AccountData) -> str:
    if account.quiet_hours is None:
        return _("the university's")
    return str(account.quiet_hours) if account.quiet_hours.any else _("none")


def _consents(data: PersonalData, wording: Wording) -> ReportSection:
    title = _("Consent to the use of personal data")
    if not data.consents:
        return ReportSection(title=title, sentences=(_("No consent is stored."),))
    headings = (_("Version of the text"), _("Language"), _("Consent given on"))
    rows = tuple((one.version, language_name(one.language), wording.moment(one.given_at)) for one in data.consents)
    return ReportSection(title=title, table=ReportTable(headings=headings, rows=rows))


def _messages(data: PersonalData, wording: Wording) -> ReportSection:
    messages = data.messages
    rows = tuple(
        (wording.moment(one.created_at), kind_of_message(one.kind), state_of_message(one.state))
        for one in messages.newest
    )
    sentences = [_("Documents sent on your request: {number}").format(number=messages.answers)]
    if (earlier := messages.unasked - len(rows)) > 0:
        sentences.append(_earlier(earlier))
    if data.unserved:
        sentences.append(
            _("Messages of yours that could not be answered and are kept: {number}").format(number=data.unserved)
        )
    table = ReportTable(headings=(_("When"), _("What about"), _("What became of it")), rows=rows) if rows else None
    if table is None:
        sentences.insert(0, _("The bot sent you nothing unasked."))
    return ReportSection(
        title=_("Messages that came unasked, of the last 12 months"), table=table, sentences=tuple(sentences)
    )


def _readings(data: PersonalData, wording: Wording) -> tuple[ReportSection, ...]:
    if not data.readings:
        return ()
    headings = (_("Announcement"), _("You confirmed that you have read it"))
    rows = tuple((_first_words(one, wording), wording.moment(one.read_at)) for one in data.readings)
    title = _("Announcements that you confirmed")
    return (ReportSection(title=title, table=ReportTable(headings=headings, rows=rows)),)


def _first_words(reading: ReadingData, wording: Wording) -> str:
    html = reading.texts.get(wording.language) or next(iter(reading.texts.values()), "")
    words = " ".join(visible_text(html).split())
    return words if len(words) <= _FIRST_WORDS else f"{words[:_FIRST_WORDS].rstrip()}…"


def _acts(data: PersonalData, wording: Wording) -> ReportSection:
    rows = tuple((wording.moment(one.at), act_in_words(one.act), _by(one), _about(one)) for one in data.acts.newest)
    earlier = data.acts.all - len(rows)
    headings = (_("When"), _("What"), _("By"), _("About"))
    return ReportSection(
        title=_("The log of acts"),
        table=ReportTable(headings=headings, rows=rows) if rows else None,
        sentences=(_earlier(earlier),) if earlier > 0 else () if rows else (_("Nothing is noted."),),
    )


def _by(act: ActData) -> str:
    return _("you") if act.by_me else _("the university")


def _about(act: ActData) -> str:
    return _("about you") if act.about_me else _("about others")


def _earlier(number: int) -> str:
    return ngettext("And {number} earlier entry.", "And {number} earlier entries.", number).format(number=number)


def _drafts(data: PersonalData, wording: Wording) -> tuple[ReportSection, ...]:
    if not data.drafts:
        return ()
    headings = (_("File"), _("Sent"))
    rows = tuple((one.file_name, wording.moment(one.sent_at)) for one in data.drafts)
    title = _("Roster files that you sent and did not confirm")
    return (ReportSection(title=title, table=ReportTable(headings=headings, rows=rows)),)
