"""A desk issues for many at once: who, in which language, with which values, the last look, the archive."""

from aiogram import F, Router

from handlers.batches.callbacks import (
    BeginBatch,
    CancelBatch,
    LeaveBatchValue,
    OpenBatch,
    PickBatchKind,
    PickBatchLanguage,
    PickBatchValue,
    SwitchBatchSending,
    TakeArchive,
)
from handlers.batches.filling import (
    Lists,
    leave_value,
    open_desk,
    pick_choice,
    pick_kind,
    pick_language,
    send_no_value,
    send_something,
    type_group,
    type_value,
)
from handlers.batches.issuing import Archives, ask_to_cancel, begin, cancel, look, switch_sending
from handlers.batches.states import BatchForm
from handlers.common.callbacks import WholeGroup
from handlers.common.filters import TYPED_TEXT
from handlers.common.tap import ANSWERS_TAP


def create_router() -> Router:
    """Handlers of this feature."""
    router, lists, archives = Router(name="batches"), Lists(), Archives()
    taps, messages = router.callback_query, router.message
    taps.register(open_desk, WholeGroup.filter(), flags=ANSWERS_TAP)
    taps.register(pick_kind, PickBatchKind.filter(), flags=ANSWERS_TAP)
    taps.register(pick_language, PickBatchLanguage.filter(), flags=ANSWERS_TAP)
    messages.register(lists.send_list, BatchForm.people, F.document.as_("document"))
    messages.register(type_group, BatchForm.people, TYPED_TEXT)
    messages.register(send_something, BatchForm.people, ~F.text)
    messages.register(type_value, BatchForm.value, TYPED_TEXT)
    messages.register(send_no_value, BatchForm.value, ~F.text)
    taps.register(pick_choice, PickBatchValue.filter(), flags=ANSWERS_TAP)
    taps.register(leave_value, LeaveBatchValue.filter(), flags=ANSWERS_TAP)
    taps.register(switch_sending, SwitchBatchSending.filter(), flags=ANSWERS_TAP)
    taps.register(begin, BeginBatch.filter(), flags=ANSWERS_TAP)
    taps.register(look, OpenBatch.filter(), flags=ANSWERS_TAP)
    taps.register(archives.take, TakeArchive.filter())
    taps.register(ask_to_cancel, CancelBatch.filter(~F.sure), flags=ANSWERS_TAP)
    taps.register(cancel, CancelBatch.filter(F.sure), flags=ANSWERS_TAP)
    return router
