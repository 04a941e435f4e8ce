"""A request as its desk sees it, and the questions by which its facts are entered."""

from collections.abc import Iterator

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.fact_labels import fact_label
from handlers.common.fact_questions import how_to_answer
from handlers.common.languages import language_name
from handlers.common.reader import Reader
from handlers.common.ready_reasons import refusal_text
from handlers.common.request_screens import state_name
from handlers.desk.queue_texts import holder_line
from handlers.desk.round import wanted
from services.certificates.dto import FactRule, FactType, Requirement, Source
from services.certificates.fields import rows_of
from services.html import LONGEST_MESSAGE, visible_length
from services.requests.dto import DeskFact, PaperCopy, RequestOnDesk, RequestState
from services.requests.rules import OPEN_STATES

#: Signs of a value and rows of a table, the most first, until the card fits into a message.
_SIZES = ((300, 10), (120, 5), (40, 2), (20, 0))
_MOST_ROWS = 25
_ROOM = 3_000  # signs of a table's rows on its own screen


def card_text(shown: RequestOnDesk, reader: Reader, note: str = "") -> str:
    """Show a request; `note` stands above it, as HTML."""
    for longest, rows in _SIZES:
        text = "\n".join([*([note, ""] if note else []), *_card(shown, reader, longest, rows)])
        if visible_length(text) <= LONGEST_MESSAGE:
            break
    return text


def question_text(shown: RequestOnDesk, fact: DeskFact, reader: Reader, note: str = "") -> str:
    """Ask for a fact, with what is entered already."""
    kind, rule, language = shown.request.kind, fact.rule, reader.language
    lines = [*([note, ""] if note else []), _head(shown, reader), ""]
    lines.append(f"✏️ <b>{html.quote(label_of(kind, rule.name, reader))}</b>")
    if hint := reader.words.hint(kind, rule.name, language):
        lines.append(html.quote(hint))
    if how := how_to_answer(rule, hint):
        lines.append(how)
    if rule.type is FactType.TABLE:
        lines += _columns(kind, rule, reader)
    if rule.type in {FactType.TEXT, FactType.TABLE}:
        lines.append(_("The certificate is in: {language}").format(language=language_name(shown.request.language)))
    if rule.type is FactType.TABLE and fact.value:
        lines += ["", _("Entered so far; what you send now is added below:")]
        lines += _rows(kind, rule, fact.value, reader)
    elif fact.value:
        value = html.quote(reader.words.value(kind, rule, fact.value, language))
        lines += ["", _("Entered now: <b>{value}</b>").format(value=value)]
    return "\n".join(lines)


def entered_text(shown: RequestOnDesk, reader: Reader) -> str:
    """Ask which fact is to be entered or changed."""
    return "\n".join([_head(shown, reader), "", _("What do you want to enter or change?")])


def fact_title(shown: RequestOnDesk, fact: DeskFact, reader: Reader) -> str:
    """Return a fact for a button; plain text."""
    kind, rule = shown.request.kind, fact.rule
    label = label_of(kind, rule.name, reader)
    sign = "✏️" if fact.value else "❗" if rule.name in shown.lacking else "➕"
    if not fact.value:
        return f"{sign} {label}"
    return f"{sign} {label}: {reader.words.value(kind, rule, fact.value, reader.language)}"


def label_of(kind: str, fact: str, reader: Reader) -> str:
    """Return what a fact is called; one that no paper prints has its word from the roster. Plain text."""
    label = reader.words.label(kind, fact, reader.language)
    return fact_label(fact) if label == fact else label


def kind_line(shown: RequestOnDesk, reader: Reader) -> str:
    """Return the kind and the language of a request, as HTML."""
    name = reader.words.kind_name(shown.request.kind, reader.language)
    return f"{html.quote(name)} · {language_name(shown.request.language)}"


def _head(shown: RequestOnDesk, reader: Reader) -> str:
    return f"<b>{html.quote(shown.person_name)}</b>\n{kind_line(shown, reader)}"


def _card(shown: RequestOnDesk, reader: Reader, longest: int, rows: int) -> Iterator[str]:
    request = shown.request
    yield _("Request No. {number}").format(number=request.id)
    yield f"<b>{html.quote(shown.person_name)}</b> · {html.quote(shown.person_no)}"
    yield kind_line(shown, reader)
    yield from _standing(shown, reader)
    yield from _talk(shown, longest)
    if shown.kind is None:
        yield ""
        yield _("⚠️ The university does not issue this kind any more. Please refuse the request and say why.")
        return
    heads = {
        Source.ROSTER: _("<b>From the roster</b>"),
        Source.ASKED: _("<b>Written by the person</b>"),
        Source.DESK: _("<b>To be entered by the desk</b>"),
        Source.COMPUTED: _("<b>Counted</b>"),
    }
    for source, head in heads.items():
        facts = wanted(shown, source)
        lines = [line for fact in facts for line in _fact(shown, fact, reader, longest, rows)]
        if lines:
            yield from ("", head, *lines)


def _standing(shown: RequestOnDesk, reader: Reader) -> Iterator[str]:
    request = shown.request
    if request.state is RequestState.ASKED:
        yield _("State: {state}").format(state=_("waits for an answer of the person"))
    else:
        yield _("State: {state}").format(state=state_name(request.state))
    if request.taken_by is not None and request.state in OPEN_STATES:
        yield _("👤 You have taken it.") if shown.mine else holder_line(request)
    if request.promised_on is not None and request.state in OPEN_STATES:
        yield _promise(shown, reader)
    yield from _money(shown, reader)
    copies = {
        PaperCopy.WANTED: _("📄 A copy on paper is to be made."),
        PaperCopy.READY: _("📄 The copy waits to be fetched."),
        PaperCopy.GIVEN: _("📄 The copy was handed out."),
    }
    if request.paper_copy in copies:
        yield copies[request.paper_copy]


def _promise(shown: RequestOnDesk, reader: Reader) -> str:
    promised = shown.request.promised_on or shown.today
    day = reader.day(promised)
    if promised < shown.today:
        return _("🔴 Promised by {date}: it is late.").format(date=day)
    if promised == shown.today:
        return _("🟡 Promised for today: {date}").format(date=day)
    return _("🟢 Promised by: {date} inclusive").format(date=day)


def _money(shown: RequestOnDesk, reader: Reader) -> Iterator[str]:
    request, fee = shown.request, shown.kind.fee if shown.kind else None
    if fee is None:
        return
    yield _("💳 Fee: {amount}").format(amount=html.quote(reader.words.money(fee.amount, reader.language)))
    if request.paid_at is not None:
        yield _("✅ Paid; confirmed {moment}").format(moment=reader.moment(request.paid_at))
    elif request.state is RequestState.UNPAID and request.receipt_file_id is not None:
        yield _("🧾 The receipt is to be looked at.")
    elif request.state is RequestState.UNPAID:
        yield _("🧾 No receipt has come yet.")
    if shown.receipts_alike:
        alike = ngettext(
            "⚠️ The very same receipt came with {count} other request.",
            "⚠️ The very same receipt came with {count} other requests.",
            shown.receipts_alike,
        )
        yield alike.format(count=shown.receipts_alike)


def _talk(shown: RequestOnDesk, longest: int) -> Iterator[str]:
    request = shown.request
    if request.question:
        yield ""
        yield _("❓ Asked: {question}").format(question=_cut(request.question, longest))
        yield _("💬 Answer: {answer}").format(answer=_cut(request.answer, longest) or "—")
    if request.refusal:
        yield _("Reason: {reason}").format(reason=_cut(refusal_text(request.refusal), longest))


def _fact(shown: RequestOnDesk, fact: DeskFact, reader: Reader, longest: int, rows: int) -> Iterator[str]:
    kind, rule = shown.request.kind, fact.rule
    label = html.quote(label_of(kind, rule.name, reader))
    if not fact.value:
        if rule.name in shown.lacking:
            yield _("❗ {fact}: missing").format(fact=label)
        elif rule.source is Source.ROSTER and rule.requirement is Requirement.REQUIRED:
            yield _("❗ {fact}: missing in the roster").format(fact=label)
        elif rule.source is Source.DESK:
            yield _("▫️ {fact}: may be left out").format(fact=label)
        return
    yield f"• {label}: {_cut(reader.words.value(kind, rule, fact.value, reader.language), longest)}"
    if rule.type is FactType.TABLE:
        lines = list(table_lines(kind, rule, fact.value, reader))
        yield from (_cut(line, longest) for line in lines[:rows])
        if len(lines) > rows:
            yield _more(len(lines) - rows)


def table_lines(kind: str, rule: FactRule, stored: str, reader: Reader) -> Iterator[str]:
    """Return the rows of a table as they are read; plain text."""
    for number, row in enumerate(rows_of(stored), start=1):
        cells = [
            reader.words.choice(kind, column.name, cell, reader.language) if column.type is FactType.CHOICE else cell
            for column, cell in zip(rule.columns, row, strict=False)
        ]
        yield f"{number}) {'; '.join(cells)}"


def _rows(kind: str, rule: FactRule, stored: str, reader: Reader) -> Iterator[str]:
    """Return the last rows, for these were sent just now."""
    lines = list(table_lines(kind, rule, stored, reader))
    shown: list[str] = []
    for line in reversed(lines[-_MOST_ROWS:]):
        if sum(map(len, shown)) + len(line) > _ROOM:
            break
        shown.insert(0, line)
    if len(shown) < len(lines):
        yield _more(len(lines) - len(shown))
    yield from map(html.quote, shown)


def _columns(kind: str, rule: FactRule, reader: Reader) -> Iterator[str]:
    language = reader.language
    heads = [reader.words.head(kind, rule.name, column.name, language) for column in rule.columns]
    yield f"<code>{html.quote('; '.join(heads))}</code>"
    for head, column in zip(heads, rule.columns, strict=True):
        if column.type is FactType.CHOICE:
            words = ", ".join(reader.words.choice(kind, column.name, key, language) for key in column.choices)
            yield f"{html.quote(head)}: {_cut(words, 300)}"


def _more(count: int) -> str:
    return ngettext("… and {count} more line", "… and {count} more lines", count).format(count=count)


def _cut(text: str, longest: int) -> str:
    return html.quote(text if len(text) <= longest else text[: longest - 1] + "…")
