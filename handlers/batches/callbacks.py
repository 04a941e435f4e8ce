"""Buttons of this feature; they carry ids only. What was typed stays in the form's data."""

from aiogram.filters.callback_data import CallbackData

from services.languages import Language


class PickBatchKind(CallbackData, prefix="bk"):
    """Choose what is issued to all."""

    kind: str


class PickBatchLanguage(CallbackData, prefix="bl"):
    """Choose the language of all papers."""

    kind: str
    language: Language


class PickBatchValue(CallbackData, prefix="bv"):
    """Answer a question with a word of the closed list; both count from 0."""

    question: int
    choice: int


class LeaveBatchValue(CallbackData, prefix="be"):
    """Give no value that is the same for all."""

    question: int


class SwitchBatchSending(CallbackData, prefix="bs"):
    """Let each have theirs in the chat as well, or not; `mark`: of the plan that the screen showed."""

    mark: int


class BeginBatch(CallbackData, prefix="bb"):
    """Issue; `mark`: of the plan that the screen showed."""

    mark: int


class OpenBatch(CallbackData, prefix="bo"):
    """Look how far it is."""

    batch_id: int


class TakeArchive(CallbackData, prefix="ba"):
    """Take all papers as an archive."""

    batch_id: int


class CancelBatch(CallbackData, prefix="bc"):
    """Issue no more. `sure`: it was asked about."""

    batch_id: int
    sure: bool
