"""Nouns that several parties share: "ИИ, АЧИ жана ӨжИТ боюнча проректорлор", "директора институтов и колледжей"."""

from collections.abc import Sequence

from services.responsibles.directory import Directory
from services.responsibles.dto import Doubt
from services.responsibles.endings import is_genitive
from services.responsibles.parts import Part
from services.responsibles.phrases import Found, Number
from services.responsibles.posts import stands_for
from services.responsibles.titles import title_of
from services.responsibles.tokens import Token

_LISTED = frozenset({",", "/", "&"})
_MOST_WORDS = 24  # a run longer than this is prose, not a list


def share_nouns(directory: Directory, tokens: Sequence[Token], parts: list[Part]) -> list[Part]:
    """Give the noun at one end of a list to the others of the list that need it."""
    done = _joint(directory, tokens, parts)
    anchors = [part for part in done if part.found is not None]
    for anchor in anchors:
        if anchor not in done or anchor.found is None or _goes_on(tokens, done, anchor):
            continue  # it shares another's noun already, or only says whose somebody else is
        share = _forward if anchor.found.is_head_first else _backward
        done = share(directory, tokens, done, anchor)
    for part in done:
        _judge_number(part)
    return done


def _goes_on(tokens: Sequence[Token], parts: Sequence[Part], anchor: Part) -> bool:
    """Tell whether words follow that the anchor belongs to: "кафедраларынын окутуучулары"."""
    following = next((part for part in parts if part.first == anchor.end), None)
    return following is not None and not following.separator and is_genitive(tokens[anchor.end - 1].word)


def _judge_number(part: Part) -> None:
    """A plural with only one party to it is not that party for certain."""
    if part.found is not None and part.found.number is Number.MANY and not part.is_settled and part.codes:
        part.candidates, part.codes, part.doubt = part.codes, (), Doubt.AMBIGUOUS


def _backward(directory: Directory, tokens: Sequence[Token], parts: list[Part], anchor: Part) -> list[Part]:
    """Kyrgyz: the noun stands last. Everything before it in the list that cannot stand alone shares it."""
    place = parts.index(anchor)
    before, after = parts[:place], parts[place:]
    shared: list[Part] = []
    following = anchor
    while before and following.separator in _LISTED and before[-1].separator != ":":
        item = before[-1]
        needs = _needs_noun(tokens, item, anchor, following, is_first=not shared)
        wider = _joined(before[-2:])
        whole = _with_end(directory, tokens, wider, anchor) if wider else None
        if whole is not None and wider is not None:
            before.pop()
            item = wider
        elif needs:
            whole = _with_end(directory, tokens, item, anchor)
        if whole is None or (needs == "perhaps" and not whole[1].is_strict):
            break
        before.pop()
        start, found = whole
        if start > item.first:
            before.append(Part(first=item.first, end=start, found=None, separator=item.separator))
        settled = _settled(start, item.end, found, "" if start > item.first else item.separator)
        shared.insert(0, settled)
        following = settled
        if start > item.first:
            break
    anchor.is_settled = anchor.is_settled or bool(shared)
    return [*before, *shared, *after]


def _needs_noun(tokens: Sequence[Token], item: Part, anchor: Part, following: Part, *, is_first: bool) -> str:
    """Tell whether an item of a list needs the noun: `yes`, `perhaps` (if the title is the very one), or not at all."""
    if item.is_settled or anchor.found is None:
        return ""
    if item.found is None or item.doubt is not None or is_genitive(tokens[item.end - 1].word):
        return "yes"
    is_alike = item.found.is_abbreviation and not item.found.is_post and anchor.found.is_abbreviation
    if anchor.found.number is Number.MANY:
        return "yes" if is_first and not item.found.is_post else "perhaps" if is_alike else ""
    is_joined = is_first and following.separator in {"&", "/"}
    return "perhaps" if is_alike and anchor.found.is_post and is_joined and _is_group(anchor) else ""


def _is_group(anchor: Part) -> bool:
    return anchor.found is not None and anchor.found.number is Number.SAME and anchor.found.meaning is not None


def _with_end(directory: Directory, tokens: Sequence[Token], item: Part, anchor: Part) -> tuple[int, Found] | None:
    """Put the item before each end of the anchor; return where the item begins and the one thing it then stands for."""
    starts = range(item.first, item.end) if item.found is None else (item.first,)
    for start in starts:
        found = [
            stands_for(directory, (*tokens[start : item.end], *tokens[cut : anchor.end]))
            for cut in range(anchor.first + 1, anchor.end)
        ]
        whole = _only(found)
        if whole is not None:
            return start, whole
    return None


def _joined(parts: Sequence[Part]) -> Part | None:
    """Return two runs of words that "and" joins as one: the name of one party may hold it."""
    if len(parts) < 2 or parts[1].separator != "&" or not (parts[0].is_left_over and parts[1].is_left_over):  # noqa: PLR2004
        return None
    return Part(first=parts[0].first, end=parts[1].end, found=None, separator=parts[0].separator)


def _forward(directory: Directory, tokens: Sequence[Token], parts: list[Part], anchor: Part) -> list[Part]:
    """Russian and English: the noun stands first. What follows in the list and cannot stand alone shares it."""
    place = parts.index(anchor)
    before, after = parts[: place + 1], parts[place + 1 :]
    is_shared = False
    while after and after[0].separator in _LISTED:
        item = after[0]
        needs = _needs_head(item, anchor, is_first=not is_shared)
        wider = _joined(after[:2])
        whole = _with_beginning(directory, tokens, wider, anchor, is_whole=True) if wider else None
        if whole is not None and wider is not None:
            after.pop(0)
            item = wider
        elif needs:
            whole = _with_beginning(directory, tokens, item, anchor)
        if whole is None or (needs == "perhaps" and not whole[1].is_strict):
            break
        after.pop(0)
        end, found = whole
        before.append(_settled(item.first, end, found, item.separator))
        is_shared = anchor.is_settled = True
        if end < item.end:
            after.insert(0, Part(first=end, end=item.end, found=None, separator=""))
            break
    return [*before, *after]


def _needs_head(item: Part, anchor: Part, *, is_first: bool) -> str:
    if item.is_settled or anchor.found is None:
        return ""
    if item.found is None or item.doubt is not None:
        return "yes"
    is_alike = item.found.is_abbreviation and not item.found.is_post and anchor.found.is_abbreviation
    if anchor.found.number is not Number.SAME and not item.found.is_post:
        return "yes" if is_first and (is_alike or not item.found.is_exact) else "perhaps" if is_alike else ""
    return ""


def _with_beginning(
    directory: Directory, tokens: Sequence[Token], item: Part, anchor: Part, *, is_whole: bool = False
) -> tuple[int, Found] | None:
    ends = range(item.end, item.first, -1) if item.found is None and not is_whole else (item.end,)
    for end in ends:
        found = [
            stands_for(directory, (*tokens[anchor.first : cut], *tokens[item.first : end]))
            for cut in range(anchor.first + 1, anchor.end)
        ]
        whole = _only(found)
        if whole is not None:
            return end, whole
    return None


def _joint(directory: Directory, tokens: Sequence[Token], parts: list[Part]) -> list[Part]:
    """Share a beginning and an end at once: "проректоры по учебной, научной и воспитательной работе"."""
    done: list[Part] = []
    rest = list(parts)
    while rest:
        run = _run_of_left_over(_with_group(tokens, rest))
        shared = _shared_both(directory, tokens, run) if len(run) > 1 else None
        if shared is None:
            done.append(rest.pop(0))
        else:
            done.extend(shared)
            rest = [part for part in rest if part.first >= run[-1].end]
    return done


def _with_group(tokens: Sequence[Token], parts: Sequence[Part]) -> Sequence[Part]:
    """Take "Проректоры" and "по учебной" for one run: with the words after it, it is not the group by itself."""
    if len(parts) < 2 or parts[0].is_left_over or parts[0].is_settled:  # noqa: PLR2004 - a group and its field
        return parts
    one, other = parts[:2]
    if other.is_left_over and not other.separator and title_of(tokens[one.first]) is not None:
        return [Part(first=one.first, end=other.end, found=None, separator=one.separator), *parts[2:]]
    return parts


def _run_of_left_over(parts: Sequence[Part]) -> list[Part]:
    run: list[Part] = []
    for part in parts:
        found = part.found
        is_open = (
            found is None or found.number is Number.MANY or (bool(run) and not found.is_exact and not found.is_post)
        )
        if not is_open or part.is_settled or (run and part.separator not in _LISTED):
            break
        run.append(part)
    return run


def _shared_both(directory: Directory, tokens: Sequence[Token], run: Sequence[Part]) -> list[Part] | None:
    first, last = run[0], run[-1]
    if last.end - first.first > _MOST_WORDS:
        return None
    for begin in range(first.first + 1, first.end):
        for end in range(last.first + 1, last.end + 1):
            head, tail = tokens[first.first : begin], tokens[end : last.end]
            found = [
                stands_for(
                    directory,
                    (*head, *tokens[max(part.first, begin) : min(part.end, end)], *tail),
                )
                for part in run
            ]
            whole = [each for each in found if each is not None and each.codes]
            if len(whole) == len(run):
                return [
                    _settled(part.first, part.end, each, part.separator) for part, each in zip(run, whole, strict=True)
                ]
    return None


def _only(found: Sequence[Found | None]) -> Found | None:
    """Return the one understanding there is; where several contradict each other there is none."""
    known = [each for each in found if each is not None and (each.codes or each.doubt is Doubt.AMBIGUOUS)]
    codes = {each.codes for each in known}
    return known[0] if len(codes) == 1 else None


def _settled(first: int, end: int, found: Found, separator: str) -> Part:
    return Part(
        first=first, end=end, found=found, separator=separator, is_settled=True,
        codes=found.codes, doubt=found.doubt, candidates=found.candidates,
    )  # fmt: skip
