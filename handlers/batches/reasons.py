"""Why somebody has no certificate, in words for an official."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiogram.utils.i18n import gettext as _

from handlers.common.ports import RefusalWords
from handlers.common.reader import Reader
from services.batches.dto import ArchivedPaper
from services.batches.errors import ListedTwice, PersonNotInRoster, ValuesMissing
from services.certificates.errors import (
    FactsMissing,
    FactsUnprintable,
    KindNotForYou,
    KindNotOffered,
    NotAStudent,
    NotStudying,
)
from services.certificates.fields import FieldRefused
from services.errors import Refusal
from services.people.dto import PersonStatus


class Reasons:
    """Words for the refusals of one kind's rows; plain text."""

    def __init__(self, kind: str, reader: Reader, refusal_words: RefusalWords) -> None:
        self._kind = kind
        self._reader = reader
        self._refusals = refusal_words

    def reason(self, refusal: Refusal) -> str:
        """Return why a row of a plan has none."""
        says: Mapping[type[Refusal], Callable[[Any], str]] = {
            ListedTwice: lambda it: _("stands in the list before already, in row {row}").format(row=it.row),
            PersonNotInRoster: lambda _it: _no_such_number(),
            ValuesMissing: lambda it: _("no value was given for: {facts}").format(facts=self._facts(it.facts)),
            FactsMissing: lambda it: _("the roster lacks: {facts}").format(facts=self._facts(it.facts)),
            FactsUnprintable: lambda it: _unprintable(self._facts(it.facts)),
            FieldRefused: lambda it: f"{self._facts([it.rule.name])}: {self._sentence(it)}",
            NotStudying: lambda it: _status(it.status),
        }
        for kind, say in says.items():
            if isinstance(refusal, kind):
                return say(refusal)
        return _by_name(type(refusal).__name__)

    def _sentence(self, refusal: Refusal) -> str:
        return self._refusals.plain(refusal, self._reader.language)

    def _facts(self, names: Sequence[str]) -> str:
        return ", ".join(self._reader.words.label(self._kind, name, self._reader.language) for name in names)


def remark(paper: ArchivedPaper) -> str:
    """Return why a row of an archive has no file."""
    return _by_name(paper.refusal) if paper.refusal else _("it could not be printed")


def _by_name(name: str) -> str:
    """Say a refusal of which only the name is left."""
    if name in {KindNotForYou.__name__, NotAStudent.__name__}:
        return _("the certificate is for others")
    if name == KindNotOffered.__name__:
        return _("the certificate is not issued any more")
    if name == PersonNotInRoster.__name__:
        return _no_such_number()
    if name == NotStudying.__name__:
        return _("does not study here now")
    return _("the roster has changed; look at the person’s card")


def _no_such_number() -> str:
    return _("nobody in the roster has this number")


def _unprintable(facts: str) -> str:
    return _("there are signs that cannot be printed in: {facts}").format(facts=facts)


def _status(status: PersonStatus) -> str:
    names = {
        PersonStatus.LEAVE: _("is on academic leave"),
        PersonStatus.EXPELLED: _("is no longer enrolled"),
        PersonStatus.GRADUATED: _("has graduated"),
    }
    return names.get(status, _("does not study here now"))
