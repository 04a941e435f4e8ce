"""Keyboards of this feature."""

from collections.abc import Iterator, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import OpenQueue, OpenRequest, Place, QueueSheet, WholeGroup
from handlers.common.forms import mark_of
from handlers.common.keyboards import menu_button, place_button
from handlers.common.reader import Reader
from handlers.common.ready_reasons import ready_reason_name
from handlers.desk import callbacks as to
from handlers.desk.card_texts import fact_title
from handlers.desk.queue_texts import desk_title, entry_title, view_name
from handlers.desk.round import enterable
from handlers.desk.texts import by_kind
from services.certificates.dto import CertificateKind, FactType, Requirement
from services.requests.dto import (
    BulkEntry,
    DeskFact,
    DeskMorning,
    PaperCopy,
    QueuePage,
    QueueView,
    ReadyReason,
    RequestOnDesk,
    RequestState,
)
from services.requests.rules import PAGE, WORKABLE_STATES

_LONGEST_BUTTON = 60
_OF_REQUESTS = (ReadyReason.NOT_ENTITLED, ReadyReason.TOO_LITTLE, ReadyReason.COME_IN_PERSON)
_OF_RECEIPTS = (ReadyReason.NOT_LEGIBLE, ReadyReason.OTHER_AMOUNT, ReadyReason.OTHER_PAYMENT)

Row = list[InlineKeyboardButton]


def desks_keyboard(desks: Sequence[DeskMorning], reader: Reader) -> InlineKeyboardMarkup:
    """Offer the desks."""
    rows = [[_button(desk_title(desk, reader), OpenQueue(desk=desk.desk))] for desk in desks]
    return _keyboard(*rows, _end())


def queue_keyboard(page: QueuePage) -> InlineKeyboardMarkup:
    """Offer the requests, other parts of the queue, and what is done with many."""
    desk, rows = page.desk, []
    if page.counts.free:
        rows.append([_button(_("▶️ Take the next"), to.TakeNext(desk=desk))])
    rows += [
        [_button(entry_title(number, entry, page.today), OpenRequest(request_id=entry.request.id))]
        for number, entry in enumerate(page.entries, start=page.page * PAGE + 1)
    ]
    rows += _turns(page)
    rows += _views(page)
    if page.counts.open:
        rows.append([_button(_("✅ Approve many"), to.ListKinds(desk=desk))])
    sheet, group = (
        _button(_("⬇️ Spreadsheet"), QueueSheet(desk=desk)),
        _button(_("👥 Whole group"), WholeGroup(desk=desk)),
    )
    return _keyboard(*rows, [sheet, group], _end())


def card_keyboard(shown: RequestOnDesk) -> InlineKeyboardMarkup:
    """Offer what can be done with a request in its state."""
    request = shown.request
    queue = _button(_("← Queue"), OpenQueue(desk=request.desk))
    return _keyboard(*_acts(shown), [queue, menu_button()])


def question_keyboard(shown: RequestOnDesk, fact: DeskFact, reader: Reader, *, in_round: bool) -> InlineKeyboardMarkup:
    """Offer the choices of a fact, to go on without it, to take it away, and the way back."""
    request, rule = shown.request, fact.rule
    mark = question_mark(request.id, rule.name, rule.choices)
    rows = []
    if rule.type is FactType.CHOICE:
        words = [reader.words.choice(request.kind, rule.name, key, reader.language) for key in rule.choices]
        rows = [[_button(word, to.PickChoice(choice=n, mark=mark))] for n, word in enumerate(words)]
    if fact.value:
        clear = to.ClearFact(request_id=request.id, fact=rule.name)
        rows.append([_button(_("🗑 Take away what is entered"), clear)])
    if fact.value and rule.type is FactType.TABLE:
        rows.append([_button(_("✔️ These are all"), to.SkipFact(mark=mark))])
    elif in_round and rule.requirement is not Requirement.REQUIRED:
        rows.append([_button(_("⏭ Leave it out"), to.SkipFact(mark=mark))])
    return _keyboard(*rows, _back(request.id))


def question_mark(request_id: int, fact: str, choices: Sequence[str]) -> int:
    """Return by what the buttons of a question know that it is still asked."""
    return mark_of(request_id, fact, *choices)


def entered_keyboard(shown: RequestOnDesk, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the facts that may be entered."""
    rows = [
        [_button(fact_title(shown, fact, reader), to.FillFact(request_id=shown.request.id, fact=fact.rule.name))]
        for fact in enterable(shown)
    ]
    return _keyboard(*rows, _back(shown.request.id))


def back_keyboard(request_id: int) -> InlineKeyboardMarkup:
    """Offer the way back to the request."""
    return _keyboard(_back(request_id))


def refusal_keyboard(request_id: int) -> InlineKeyboardMarkup:
    """Offer ready reasons against a request."""
    rows = [
        [_button(ready_reason_name(reason), to.RefuseBecause(request_id=request_id, reason=reason))]
        for reason in _OF_REQUESTS
    ]
    return _keyboard(*rows, _back(request_id))


def receipt_refusal_keyboard(request_id: int) -> InlineKeyboardMarkup:
    """Offer ready reasons against a receipt."""
    rows = [
        [_button(ready_reason_name(reason), to.RefuseReceiptBecause(request_id=request_id, reason=reason))]
        for reason in _OF_RECEIPTS
    ]
    return _keyboard(*rows, _back(request_id))


def other_desks_keyboard(request_id: int, kinds: Sequence[CertificateKind], reader: Reader) -> InlineKeyboardMarkup:
    """Offer the other desks."""
    rows = [
        [_button(kind.desk_name.get(reader.language), to.HandOver(request_id=request_id, desk=kind.desk))]
        for kind in kinds
    ]
    return _keyboard(*rows, _back(request_id))


def kinds_keyboard(desk: str, entries: Sequence[BulkEntry], reader: Reader) -> InlineKeyboardMarkup:
    """Offer the kinds of which many wait."""
    rows = [
        [
            _button(
                f"{reader.words.kind_name(kind, reader.language)} · {ready}/{total}",
                to.ReviewMany(desk=desk, kind=mark_of(kind)),
            )
        ]
        for kind, (ready, total) in by_kind(entries).items()
    ]
    return _keyboard(*rows, [_button(_("← Queue"), OpenQueue(desk=desk)), menu_button()])


def many_keyboard(desk: str, ready: Sequence[tuple[int, int]]) -> InlineKeyboardMarkup:
    """Ask for the last tap, if there is something to be approved. `ready`: ids and versions."""
    rows = []
    if ready:
        label = _("✅ Approve {count}").format(count=len(ready))
        rows.append([_button(label, to.ApproveMany(desk=desk, mark=many_mark(desk, ready)))])
    return _keyboard(*rows, [_button(_("← Back"), to.ListKinds(desk=desk)), menu_button()])


def many_mark(desk: str, ready: Sequence[tuple[int, int]]) -> int:
    """Return by what the last tap knows that the list is the one its screen showed."""
    return mark_of(desk, *(f"{number}:{version}" for number, version in ready))


def many_done_keyboard(desk: str) -> InlineKeyboardMarkup:
    """Lead back to the queue."""
    return _keyboard([_button(_("← Queue"), OpenQueue(desk=desk)), menu_button()])


def _acts(shown: RequestOnDesk) -> Iterator[Row]:
    request, number = shown.request, shown.request.id
    if request.state is RequestState.UNPAID and request.receipt_file_id is not None:
        yield [_button(_("🧾 See the receipt"), to.SeeReceipt(request_id=number))]
        yield [
            _button(_("✅ The fee is paid"), to.ConfirmPayment(request_id=number, version=request.version)),
            _button(_("❌ Refuse it"), to.RefuseReceipt(request_id=number)),
        ]
    elif request.state in WORKABLE_STATES and (shown.mine or request.taken_by is None):
        yield from _work(shown)
    elif request.state is RequestState.ASKED and (shown.mine or request.taken_by is None):
        yield _rejections(number)
    if request.taken_by is not None and request.state in WORKABLE_STATES | {RequestState.ASKED}:
        yield [_button(_("↩️ Put it back"), to.ReleaseRequest(request_id=number, version=request.version))]
    if request.paper_copy is PaperCopy.WANTED:
        yield [_button(_("📄 The copy is ready"), to.CopyReady(request_id=number))]
    if request.paper_copy is PaperCopy.READY:
        yield [_button(_("📄 Handed out"), to.CopyGiven(request_id=number))]


def _work(shown: RequestOnDesk) -> Iterator[Row]:
    request, number = shown.request, shown.request.id
    if request.state is RequestState.WAITING:
        yield [_button(_("✋ Take it"), to.TakeRequest(request_id=number))]
    elif enterable(shown):
        fill = _button(
            _("✏️ Fill in ({count} missing)").format(count=len(shown.lacking)), to.FillNext(request_id=number)
        )
        change = _button(_("📝 Enter or change"), to.ListEntered(request_id=number))
        yield [fill] if shown.lacking else [change]
        if shown.lacking:
            yield [change]
    if not shown.lacking and shown.kind is not None:
        approve = to.ApproveRequest(request_id=number, version=request.version)
        yield [_button(_("👁 Preview"), to.PreviewRequest(request_id=number)), _button(_("✅ Approve"), approve)]
    yield [_button(_("❓ Ask the person"), to.AskPerson(request_id=number))]
    yield _rejections(number)


def _rejections(number: int) -> Row:
    refuse = _button(_("⛔ Refuse"), to.RefuseRequest(request_id=number))
    return [refuse, _button(_("↪️ Another desk"), to.ChooseDesk(request_id=number))]


def _turns(page: QueuePage) -> list[Row]:
    turns = []
    if page.page > 0:
        turns.append(_button("‹", to.ListQueue(desk=page.desk, view=page.view, page=page.page - 1)))
    if page.page + 1 < page.pages:
        turns.append(_button("›", to.ListQueue(desk=page.desk, view=page.view, page=page.page + 1)))
    return [turns] if turns else []


def _views(page: QueuePage) -> Iterator[Row]:
    counts = page.counts
    always = {QueueView.OPEN: counts.open, QueueView.MINE: counts.mine, QueueView.FREE: counts.free}
    seldom = {QueueView.LATE: counts.late, QueueView.RECEIPTS: counts.receipts, QueueView.COPIES: counts.copies}
    yield [_view(page, view, count) for view, count in always.items()]
    some = [_view(page, view, count) for view, count in seldom.items() if count or view is page.view]
    yield from ([button] for button in some)


def _view(page: QueuePage, view: QueueView, count: int) -> InlineKeyboardButton:
    here = "• " if view is page.view else ""
    return _button(f"{here}{view_name(view)} {count}", to.ListQueue(desk=page.desk, view=view, page=0))


def _back(request_id: int) -> Row:
    return [_button(_("← Back"), OpenRequest(request_id=request_id)), menu_button()]


def _end() -> Row:
    return [place_button(_("🗂 Desks"), Place.DESKS), menu_button()]


def _keyboard(*rows: Row) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    shown = text if len(text) <= _LONGEST_BUTTON else text[: _LONGEST_BUTTON - 1] + "…"
    return InlineKeyboardButton(text=shown, callback_data=data.pack())
