"""All questions of a survey as its manager reads them before opening: in three languages, some on a page."""

from collections.abc import Iterator, Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _

from services.languages import Language, Trilingual
from services.questionnaires.dto import Item, ItemType, Questionnaire, Scale, ScaleKind

_LONGEST_PAGE = 3_000
_LONGEST_LINE = 600


def preview_pages(questionnaire: Questionnaire) -> list[str]:
    """Return all pages; each fits in a message."""
    pages: list[str] = []
    for block in (_head(questionnaire), *(_block(number, item) for number, item in _numbered(questionnaire))):
        for piece in _pieces(block):
            if pages and len(pages[-1]) + len(piece) < _LONGEST_PAGE:
                pages[-1] += f"\n\n{piece}"
            else:
                pages.append(piece)
    return pages


def page_line(page: int, pages: int) -> str:
    """Say which page it is."""
    return _("Page {page} of {pages}").format(page=page + 1, pages=pages)


def _numbered(questionnaire: Questionnaire) -> Iterator[tuple[int, Item]]:
    yield from enumerate(questionnaire.items, start=1)


def _head(questionnaire: Questionnaire) -> list[str]:
    period = [] if questionnaire.period is None else _three(questionnaire.period)
    return [*(f"<b>{line}</b>" for line in _three(questionnaire.title)), *period]


def _block(number: int, item: Item) -> list[str]:
    lines = [f"<b>{number}. {html.quote(item.code)}</b> · {_type_word(item.type)}", *_three(item.text)]
    if item.hint is not None:
        lines += [f"<i>{line}</i>" for line in _three(item.hint)]
    for row in item.rows:
        lines.append(f"— {_inline(row.text)}")
    for choice in item.choices:
        lines.append(f"• {_inline(choice.text)}")
    if item.scale is not None:
        lines += _scale(item.scale)
    if item.skip is not None:
        lines.append(_("Shown only after certain answers to {code}.").format(code=html.quote(item.skip.item)))
    return lines


def _scale(scale: Scale) -> Iterator[str]:
    ends = f"{scale.first}–{scale.last}: " if scale.kind is ScaleKind.NUMBERS else ""
    for language in Language:
        yield f"{language.value}: {ends}" + _cut(" · ".join(scale.labels[language]))


def _type_word(kind: ItemType) -> str:
    return {
        ItemType.SCALE: _("scale"),
        ItemType.SINGLE: _("one answer"),
        ItemType.MULTI: _("several answers"),
        ItemType.MATRIX: _("table"),
        ItemType.TEXT: _("own words"),
        ItemType.ROUTE: _("shows the way only, is not kept"),
    }[kind]


def _three(text: Trilingual) -> list[str]:
    return [f"{language.value}: {_cut(text.get(language))}" for language in Language]


def _inline(text: Trilingual) -> str:
    return _cut(" / ".join(text.get(language) for language in Language))


def _cut(text: str) -> str:
    return html.quote(text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 1]}…")


def _pieces(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a block, in several pieces where one message cannot hold them."""
    piece = ""
    for line in lines:
        if piece and len(piece) + len(line) >= _LONGEST_PAGE:
            yield piece
            piece = ""
        piece = f"{piece}\n{line}" if piece else line
    yield piece
