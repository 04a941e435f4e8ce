"""Somebody whom one can be on the chat page."""

from dataclasses import dataclass

from services.access import Role
from services.languages import Language, Trilingual
from services.link_requests.dto import TypedFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody on the chat page.

    `person_no`: their number in the roster, empty for a stranger. `linked`: the account and the person are joined at
    the first start; others get a one-time code. `posts`: units and posts, by code, that they head or work in, and as
    what. `asks`: what they have asked the Study Office. `about` is shown on the page, `advice` in the operator's
    terminal.
    """

    telegram_id: int
    first_name: str
    last_name: str
    language: Language
    about: Trilingual
    advice: str
    person_no: str = ""
    linked: bool = False
    roles: tuple[Role, ...] = ()
    posts: tuple[tuple[Role, str], ...] = ()
    phone: str = ""
    asks: TypedFacts | None = None
