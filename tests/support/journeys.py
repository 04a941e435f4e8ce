"""Words and ways that many stories share."""

from io import BytesIO

from pypdf import PdfReader

from bot.i18n import Catalogues
from bot.plain_text import plain_text
from services.languages import Language
from tests.support.friends import Friend, Paper

_catalogues = Catalogues()

#: What stands on the button of the one kind there is, by the reader's language.
KIND = {Language.KY: "Окуп жаткандыгы жөнүндө", Language.RU: "С места учёбы", Language.EN: "Enrolment"}
_NAMES = {Language.KY: "Kyrgyz", Language.RU: "Russian", Language.EN: "English"}


def said(language: Language, sentence: str, **values: object) -> str:
    """Return a sentence of the bot as it is read in a chat: translated, filled in, without markup."""
    return plain_text(_translated(language, _whole(sentence)).format(**values))


def begun(language: Language, beginning: str) -> str:
    """Return the beginning of a sentence, up to its first value; `beginning`: enough of it to find it."""
    return plain_text(_translated(language, _whole(beginning)).partition("{")[0])


def _whole(beginning: str) -> str:
    sentences = _catalogues.locales["en"]._catalog  # type: ignore[attr-defined]  # gettext has no other way to list them
    if beginning in sentences:
        return beginning
    (sentence,) = [text for text in sentences if isinstance(text, str) and text.startswith(beginning)]
    return sentence


def _translated(language: Language, sentence: str) -> str:
    return _catalogues.gettext(sentence, locale=language.value)


def name_of(language: Language, reader: Language) -> str:
    """Return what a reader calls the language of a paper."""
    return said(reader, _NAMES[language])


async def looks_at_confirmation(friend: Friend, paper: Language, reader: Language) -> None:
    """Go from /certificate to the last screen."""
    await friend.says("/certificate")
    await friend.taps(KIND[reader])
    await friend.taps(name_of(paper, reader))


async def orders(friend: Friend, paper: Language = Language.KY, reader: Language = Language.KY) -> None:
    """Order a certificate and tap on the last button."""
    await looks_at_confirmation(friend, paper, reader)
    await friend.taps(said(reader, "✅ Confirm"))


async def receives(friend: Friend, paper: Language = Language.KY, reader: Language = Language.KY) -> Paper:
    """Order a certificate and wait for it."""
    number = len(friend.papers) + 1
    await orders(friend, paper, reader)
    return await friend.document(number)


def printed(paper: Paper) -> str:
    """Return the text of a document, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages).split())
