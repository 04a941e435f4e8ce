"""Where a QR code leads: to a certificate of ours, somewhere else, or nowhere.

What counts as ours is matched whole and strictly; only what is not ours is then read as leniently as a browser would,
to name the place to which it would lead.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from services.certificates.pictures import PictureFinding, PictureRemark
from services.certificates.rules import read_code

_LONGEST_ADDRESS = 60  # shown of it is the end, where the owner of a name stands
_CODE = r"(?P<code>[0-9A-Za-z-]{20,30})"
_PAGE = re.compile(rf"(?P<origin>(?i:https?)://[^/?#\\@\s]+)/verify/{_CODE}/?(?:\?lang=(?:ky|ru|en))?", re.ASCII)
_BOT = re.compile(
    rf"(?:https://t\.me/(?P<name>\w+)/?\?start=v_|tg://resolve/?\?domain=(?P<domain>\w+)&start=v_){_CODE}", re.ASCII
)
_ANY = re.compile(r"(?P<scheme>https?):/*(?P<rest>[^?#]*)", re.IGNORECASE)
_ANY_BOT = re.compile(r"tg:/*resolve/?\?(?:[^#]*&)?domain=(?P<name>\w+)", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?::\d{1,5})?(?:[/?#]|$)")
_TELEGRAM = ("t.me", "telegram.me", "telegram.dog")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAddresses:
    """Where our own QR codes lead: the web pages (empty if there are none) and the bot, its name without "@"."""

    public_url: str
    bot_username: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Elsewhere:
    address: str
    imitates: bool


def judge_codes(texts: Iterable[str], own: OwnAddresses) -> PictureFinding:
    """Say what the QR codes of one picture are, all taken together.

    An address that imitates ours spoils the picture, whatever else stands in it; any other foreign address does so only
    where no code of ours stands beside it.
    """
    texts = tuple(texts)
    codes = {code for text in texts if (code := _own_code(text, own)) is not None}
    foreign = [found for text in texts if _own_code(text, own) is None and (found := _elsewhere(text, own))]
    suspects = [found for found in foreign if found.imitates] or ([] if codes else foreign)
    if suspects:
        return PictureFinding(remark=PictureRemark.ELSEWHERE, address=suspects[0].address)
    if len(codes) > 1:
        return PictureFinding(remark=PictureRemark.SEVERAL_CODES)
    if codes:
        return PictureFinding(remark=PictureRemark.CODE, code=codes.pop())
    return PictureFinding(remark=PictureRemark.NOT_OURS if texts else PictureRemark.NO_CODE)


def _own_code(text: str, own: OwnAddresses) -> str | None:
    """Return the code in an address of ours, or a code that stands alone."""
    page, bot = _PAGE.fullmatch(text), _BOT.fullmatch(text)
    if page and own.public_url and _origin(page["origin"]) == _origin(own.public_url):
        return read_code(page["code"])
    if bot and own.bot_username and (bot["name"] or bot["domain"]).lower() == own.bot_username.lower():
        return read_code(bot["code"])
    return None if page or bot else read_code(text)


def _origin(address: str) -> str:
    lowered = address.lower()
    return lowered.removesuffix(":443") if lowered.startswith("https:") else lowered


def _elsewhere(text: str, own: OwnAddresses) -> _Elsewhere | None:
    """Return where an address leads that is not one of ours; None for what is no address, or one of our own pages."""
    plain = "".join(sign for sign in text if unicodedata.category(sign)[0] not in "CZ").replace("\\", "/")
    address = _address(plain)
    if address is None or address in {_own_page(own), _own_bot(own)}:
        return None
    if not own.bot_username and address.startswith("t.me/"):
        return None  # it may be our bot, whose name is not known here
    signs = ("/verify", "start=v_", _own_page(own), own.bot_username.lower())
    return _Elsewhere(address=_shortened(address), imitates=any(sign in plain.lower() for sign in signs if sign))


def _address(plain: str) -> str | None:
    """Return the place to which a browser would go: the host, with its scheme where that is not https."""
    if bot := _ANY_BOT.match(plain):
        return f"t.me/{bot['name'].lower()}"
    found = _ANY.match(plain)
    if found is None:
        return _address(f"https://{plain}") if _WITHOUT_SCHEME.match(plain) else None
    host, _slash, path = found["rest"].partition("/")
    host = _ascii(host.rpartition("@")[2].lower()).removesuffix(":443").rstrip(".")
    if host in _TELEGRAM:
        return f"t.me/{path.partition('/')[0].lower()}"
    return host if found["scheme"].lower() == "https" else f"http://{host}"


def _ascii(host: str) -> str:
    """Write a name as the network sees it, so that letters of another alphabet do not look like ours."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode("ascii")


def _own_page(own: OwnAddresses) -> str:
    return _origin(own.public_url).removeprefix("https://")


def _own_bot(own: OwnAddresses) -> str:
    return f"t.me/{own.bot_username.lower()}"


def _shortened(address: str) -> str:
    return address if len(address) <= _LONGEST_ADDRESS else f"…{address[-_LONGEST_ADDRESS:]}"
