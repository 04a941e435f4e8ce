"""Rules of batches, without I/O."""

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence

from services.batches.dto import ArchivedPaper, PlannedRow, TypedRow
from services.certificates.dto import CertificateKind, FactRule, Source
from services.languages import Language

MOST_ROWS = 1_000
#: Certificates of one transaction: so many numbers are waited for at most, and lost never.
ROWS_AT_ONCE = 10
#: So many papers of a batch wait for the printers at most: whoever asks for one meanwhile waits a second, not a minute.
AHEAD = 20
#: Bytes of one archive; Telegram takes 50 MB.
LARGEST_ARCHIVE = 45 * 1024 * 1024
_LONGEST_NAME = 100


def typed_facts(kind: CertificateKind) -> tuple[FactRule, ...]:
    """Return the facts of a kind that somebody types, in the order of the kind."""
    return tuple(rule for rule in kind.facts if rule.source in {Source.ASKED, Source.DESK})


def next_question(
    kind: CertificateKind, given: Mapping[str, str], rows: Sequence[TypedRow], passed: Collection[str]
) -> FactRule | None:
    """Return the next fact to ask for that may be the same for all; None where nothing is left.

    `given`: what was given for all; `passed`: what was asked already. What everybody on the list has of their own is
    not asked, nor what the others make needless.
    """
    typed = {rule.name for rule in typed_facts(kind)}
    for rule in typed_facts(kind):
        idle = any(name in typed and given.get(name) not in values for name, values in rule.needed_when.items())
        own = bool(rows) and all(rule.name in values for _number, values in rows)
        if rule.name not in passed and not idle and not own:
            return rule
    return None


def mark_of(kind: str, language: Language, rows: Iterable[PlannedRow]) -> int:
    """Return by what a confirmation recognises that the plan is still what the screen showed."""
    shown = [(row.person_no, sorted(row.facts.items()), row.refusal is None) for row in rows]
    return zlib.crc32(repr((kind, language.value, shown)).encode())


def in_parts(papers: Sequence[ArchivedPaper], largest: int = LARGEST_ARCHIVE) -> list[Sequence[ArchivedPaper]]:
    """Part the papers of a batch into archives, none larger than `largest` unless a single paper is; at least one."""
    parts: list[list[ArchivedPaper]] = [[]]
    size = 0
    for paper in papers:
        if size and size + paper.size > largest:
            parts.append([])
            size = 0
        parts[-1].append(paper)
        size += paper.size
    return list(parts)


def file_name(number: str, person_name: str) -> str:
    """Return under what name a paper stands in the archive."""
    safe = "".join(sign if sign.isalnum() or sign in " -'’" else "_" for sign in person_name)[:_LONGEST_NAME].strip()
    return f"{number} {safe}.pdf"
