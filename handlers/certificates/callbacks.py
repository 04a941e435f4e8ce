"""Buttons of this feature; they carry ids only."""

from aiogram.filters.callback_data import CallbackData

from services.languages import Language


class ChooseCertificateLanguage(CallbackData, prefix="cl"):
    """Choose the language of the paper."""

    kind: str
    language: Language


class ConfirmCertificate(CallbackData, prefix="cc"):
    """Order the paper."""

    kind: str
    language: Language
