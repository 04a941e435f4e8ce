"""What the languages are called."""

from aiogram.utils.i18n import gettext as _

from services.languages import Language

#: What every language calls itself.
OWN_NAMES = {Language.KY: "Кыргызча", Language.RU: "Русский", Language.EN: "English"}


def language_name(language: Language) -> str:
    """Return a language in the reader's words."""
    names = {Language.KY: _("Kyrgyz"), Language.RU: _("Russian"), Language.EN: _("English")}
    return names[language]
