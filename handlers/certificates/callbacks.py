"""Buttons of this feature; they carry ids only. `mark`: what their screen showed (see `handlers.common.forms`)."""

from aiogram.filters.callback_data import CallbackData

from services.languages import Language


class ChooseCertificateLanguage(CallbackData, prefix="cl"):
    """Choose the language of the paper."""

    kind: str
    language: Language


class AddAnswer(CallbackData, prefix="cq"):
    """Answer a question that may be left out, by its place among those of the kind."""

    kind: str
    language: Language
    question: int


class ChooseAnswer(CallbackData, prefix="ca"):
    """Answer a question by one of its choices, by its place among them."""

    choice: int
    mark: int


class SkipQuestion(CallbackData, prefix="cn"):
    """Leave out what may be left out."""

    mark: int


class StepBack(CallbackData, prefix="cb"):
    """Go back to the question before."""

    mark: int


class ConfirmCertificate(CallbackData, prefix="cc"):
    """Order a paper that is issued at once."""

    kind: str
    language: Language
    mark: int


class SubmitRequest(CallbackData, prefix="cs"):
    """Ask a desk for a paper."""

    kind: str
    language: Language
    mark: int
