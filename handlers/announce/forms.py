"""What an editor is being asked for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State

from services.announcements.writing_dto import ANY_VOICE, DraftView, Shown
from services.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The questions that stand: for which draft as it was shown, and in which languages, the present one first.

    `draft_id`: 0 while nothing was written, so that there is none; it will speak in the name of `voice`.
    `album`: the one that was refused. `long_at`: when (Unix time) a text came in `long_language` that fills a message.
    """

    draft_id: int = 0
    version: int = 0
    voice: int = ANY_VOICE
    languages: tuple[str, ...] = ()
    album: str = ""
    long_at: int = 0
    long_language: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Read what the form holds."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        return cls(**known | {"languages": tuple(known.get("languages", ()))})

    @property
    def language(self) -> Language:
        """The language that is asked for now."""
        return Language(self.languages[0])

    @property
    def shown(self) -> Shown:
        """What a change refers to."""
        return Shown(id=self.draft_id, version=self.version)


async def ask(state: FSMContext, step: State, asked: Asked) -> None:
    """Wait for an answer."""
    await state.set_state(step)
    await state.set_data(asdict(asked))


def asked_about(view: DraftView, *languages: Language) -> Asked:
    """Return questions about a draft as it is shown now."""
    shown = view.shown
    return Asked(draft_id=shown.id, version=shown.version, languages=tuple(language.value for language in languages))
