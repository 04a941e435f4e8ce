"""From replies to the published result of a survey: counted once, then only what `disclosure` allows."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

from services.questionnaires.dto import Answers, Choice, IndexSpec, Item, ItemType, Questionnaire
from services.survey_reports.counting import (
    Replies,
    Table,
    answers_table,
    index_table,
    kinds_table,
    values_of,
)
from services.survey_reports.disclosure import (
    Partition,
    is_broad,
    is_spread,
    is_spread_or_empty,
    publish,
    publish_parts,
    regroup,
)
from services.survey_reports.dto import Cell, IndexResult, ItemResult, Kinds, Response, Results, Share, State
from services.survey_reports.parts import choices_of, neighbours_joined, sides_of, smallest_joined
from services.survey_reports.rounding import WHOLE, base_of, rate_step_of, shares_of
from services.survey_reports.scoring import estimate_of, grain_of, hangs_together, is_scored, moments_of, score_of
from services.survey_reports.tree import Counts, Tree
from services.surveys.dto import FEWEST

#: Answered, did not know, did not want to say: both of the last together, then each.
_KINDS: Sequence[Partition] = (((0,), (1, 2)), ((0,), (1,), (2,)))
#: Choices, besides the one that excludes them, from which on nobody can compute how many took only one.
_ENOUGH_CHOICES = 3


def results_of(questionnaire: Questionnaire, tree: Tree, rows: Iterable[tuple[str, Answers]]) -> Results:
    """Return what a survey shows. `rows`: each reply's stratum and answers."""
    replies = Replies(tree, rows)
    people = replies.count()
    items: dict[str, ItemResult] = {}
    for item in questionnaire.closed_items:
        if item.type is not ItemType.ROUTE:
            items |= {key: ItemResult(code=item.code, cells=_cells_of(replies, item, key)) for key in item.keys}
    return Results(
        base=base_of(people[tree.root]),
        strata=tree.codes,
        items=items,
        indices={spec.code: _index_of(replies, questionnaire, spec, items) for spec in questionnaire.indices},
        responses=responses_of(tree, people),
    )


def responses_of(tree: Tree, people: Mapping[str, int]) -> dict[str, Response]:
    """Return the rates of response, given the replies of every stratum; none where nobody knows who was asked."""
    if not tree.invited(tree.root):
        return {}
    tables = {code: (people[code], max(0, tree.invited(code) - people[code])) for code in tree.codes}
    shown = publish(tree, tables, is_spread)
    responses = {}
    for code, (took_part, _others) in tables.items():
        state = _state(took_part, shown=code in shown)
        step = rate_step_of(tree.invited(code))
        percent = took_part * WHOLE // tree.invited(code) // step * step if code in shown else None
        fewer = percent is not None and percent + step <= WHOLE // 2  # from what is told, so it tells no more
        responses[code] = Response(state=state, percent=percent, indicative=fewer)
    return responses


def _cells_of(replies: Replies, item: Item, key: str) -> dict[str, Cell]:
    """Return an item's cells: bases and means, within them distributions and the shares of who did not answer."""
    tree, own = replies.tree, replies.count_answers(key)
    table = answers_table(replies, item, own)
    reported = (tree.root,) if item.report else tree.codes
    least = max(FEWEST, item.report.min if item.report else 0)
    enough = [code for code in reported if sum(table.counts[code]) >= least]
    shown = publish(tree, table.counts, is_broad, enough, in_pairs=True) if table.columns else frozenset()
    parts = (
        _choices_taken(tree, item, table, shown) if item.type is ItemType.MULTI else _parts(tree, item, table, shown)
    )
    kinds = _kinds(tree, item, kinds_table(replies, table, own), shown)
    cells = {}
    for code in reported:
        counts = table.counts[code]
        state = _state(sum(counts), shown=code in shown, least=least)
        cells[code] = Cell(state=state)
        if code in shown:
            scores = {score: count for value, count in zip(table.columns, counts, strict=True)
                      if isinstance(value, int) and (score := score_of(item, value)) is not None}  # fmt: skip
            cells[code] = Cell(
                state=state,
                base=base_of(sum(counts)),
                estimate=estimate_of(moments_of(scores), grain_of(item)) if is_scored(item) else None,
                parts=parts.get(code, ()),
                kinds=kinds.get(code),
            )
    return cells


def _state(people: int, *, shown: bool, least: int = FEWEST) -> State:
    if shown:
        return State.SHOWN
    return State.TOO_FEW if people < least else State.MASKED


def _parts(tree: Tree, item: Item, table: Table, shown: Collection[str]) -> dict[str, tuple[Share, ...]]:
    """Return the distributions of a scale or a single choice: the whole in all its parts, a stratum in fewer."""
    whole = table.counts[tree.root]
    parts = neighbours_joined(item.scale, whole) if item.scale else smallest_joined(whole)
    if not shown or len(parts) < 2:  # noqa: PLR2004 - one part is no distribution
        return {}
    chain = sides_of(item.scale, item.good, parts) if item.scale else choices_of(whole, parts)
    divided = publish_parts(tree, table.counts, chain, is_spread, shown)
    divided[tree.root] = parts
    values = values_of(item)
    return {code: _shares(table.counts[code], partition, values) for code, partition in divided.items()}


def _shares(counts: Counts, partition: Partition, values: Sequence[int | str]) -> tuple[Share, ...]:
    percents = shares_of(regroup(counts, partition))
    return tuple(
        Share(values=tuple(values[place] for place in part), percent=percent)
        for part, percent in zip(partition, percents, strict=True)
    )


def _choices_taken(tree: Tree, item: Item, table: Table, shown: Collection[str]) -> dict[str, tuple[Share, ...]]:
    """Return how many took each choice; what too few took is joined, and counts once for who took several of it."""
    taken: dict[str, list[Share]] = {}
    for choices in _choices_shown(tree, item, table) if shown else ():
        tables = {code: _split(table, counts, choices) for code, counts in table.counts.items()}
        for code in publish(tree, tables, is_spread, shown):
            taken.setdefault(code, []).append(Share(values=choices, percent=shares_of(tables[code])[0]))
    return {code: tuple(shares) for code, shares in taken.items()}


def _choices_shown(tree: Tree, item: Item, table: Table) -> Iterable[tuple[str, ...]]:
    """Return the choices that are shown for the whole, those joined last."""
    whole = table.counts[tree.root]
    alone = [choice for choice in item.choices if is_spread(_split(table, whole, (choice.code,)))]
    joined = tuple(choice.code for choice in item.choices if choice not in alone and not choice.exclusive)
    several = len(joined) > 1
    if sum(not choice.exclusive for choice in alone) + several < _ENOUGH_CHOICES:
        alone = [choice for choice in alone if not choice.exclusive]
    codes = [_only(choice) for choice in alone]
    return [*codes, joined] if several else codes


def _only(choice: Choice) -> tuple[str, ...]:
    return (choice.code,)


def _split(table: Table, counts: Counts, choices: Collection[str]) -> Counts:
    """Return how many took one of some choices, and how many none of them."""
    wanted = set(choices)
    took = sum(
        count
        for taken, count in zip(table.columns, counts, strict=True)
        if isinstance(taken, tuple) and not wanted.isdisjoint(taken)
    )
    return took, sum(counts) - took


def _kinds(tree: Tree, item: Item, table: Table, shown: Collection[str]) -> dict[str, Kinds]:
    """Return the shares of who saw the question and gave no answer that is counted."""
    allowed = publish_parts(tree, table.counts, _KINDS, is_spread_or_empty, shown)
    kinds = {}
    for code, partition in allowed.items():
        _, *missing = shares_of(regroup(table.counts[code], partition))
        dont_know, not_said = missing if len(missing) > 1 else (None, None)
        kinds[code] = Kinds(silent=sum(missing), dont_know=dont_know if item.dont_know else None, not_said=not_said)
    return kinds


def _index_of(
    replies: Replies, questionnaire: Questionnaire, spec: IndexSpec, results: Mapping[str, ItemResult]
) -> IndexResult:
    """Return an index for the strata for which all its items are shown."""
    items = [(key, item) for code in spec.items for item in (questionnaire.item(code),) for key in item.keys]
    table, complete = index_table(replies, items)
    with_all_items = [code for code in replies.tree.codes if all(_is_shown(results[key], code) for key, _ in items)]
    shown = publish(replies.tree, table.counts, is_broad, with_all_items, in_pairs=True) if table.columns else ()
    grain = max(grain_of(item) for _, item in items) / len(items)
    cells = {}
    for code, counts in table.counts.items():
        cells[code] = Cell(state=_state(sum(counts), shown=code in shown))
        if code in shown:
            estimate = estimate_of(moments_of(_as_scores(table.columns, counts)), grain)
            cells[code] = Cell(state=State.SHOWN, base=base_of(sum(counts)), estimate=estimate)
    return IndexResult(coherent=bool(complete) and hangs_together(complete), cells=cells)


def _as_scores(columns: Sequence[Hashable], counts: Counts) -> dict[float, int]:
    return {value: count for value, count in zip(columns, counts, strict=True) if isinstance(value, float)}


def _is_shown(result: ItemResult, code: str) -> bool:
    cell = result.cells.get(code)
    return cell is not None and cell.state is State.SHOWN
