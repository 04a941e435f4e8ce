"""`make eval`: the table of accuracy, and every row that fails."""

import sys

from tests.eval.measures import (
    Score,
    deadlines_of_the_plan,
    held_out_cells,
    held_out_phrases,
    responsibles_of_the_plan,
    whole_files,
)


def main() -> int:
    """Print all scores; 1 if anything wrong was called sure."""
    scores = [
        *whole_files(),
        deadlines_of_the_plan(),
        responsibles_of_the_plan(by_grammar=False),
        responsibles_of_the_plan(by_grammar=True),
        *held_out_phrases(),
        *held_out_cells(),
    ]
    widest = max(len(score.name) for score in scores)
    _say(f"{'':{widest}}  {'rows':>5}  {'exactly':>7}  {'share':>7}  {'wrong and sure':>14}")
    for score in scores:
        _say(_line(score, widest))
    for score in scores:
        for row in score.failing:
            _say(f"{score.name}: {row}")
    return int(any(score.sure_and_wrong for score in scores))


def _line(score: Score, widest: int) -> str:
    share = score.right / score.rows if score.rows else 1.0
    return f"{score.name:{widest}}  {score.rows:5}  {score.right:7}  {share:7.1%}  {score.sure_and_wrong:14}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
