"""What a coordinator's correction teaches."""

from collections.abc import Sequence

from services.responsibles.dto import Alias
from services.responsibles.tokens import Token, tokens_of
from services.spelling import fold

_FEWEST_LETTERS = 2
_MOST_SIGNS = 200


def learn(text: str, codes: Sequence[str]) -> Alias | None:
    """Return the alias that the printed piece and the codes chosen for it make; None where nothing is to be learned.

    The alias is the folded piece. Nothing is learned from a piece of one letter, from more than 200 signs, from a list
    (commas, semicolons, slashes) that is given to fewer parties than it has items, or without codes: such an
    alias would answer for what another cell means by its words.
    """
    folded = fold(" ".join(text.split())).strip(" .,;:/-–—«»\"'“”")
    tokens = tokens_of(text.strip(" .,;:/-–—\n\t"))
    words = [token for token in tokens if not token.is_mark and not token.is_conjunction]
    chosen = tuple(dict.fromkeys(code for code in codes if code))
    if not chosen or len(folded) > _MOST_SIGNS or sum(map(len, (token.word for token in words))) < _FEWEST_LETTERS:
        return None
    if _items(tokens) > len(chosen):
        return None
    return Alias(text=folded, codes=chosen, learned=True)


def _items(tokens: Sequence[Token]) -> int:
    """Count the items of a list; `and` may stand in a name and separates nothing here."""
    place, items = -1, 1
    for number, token in enumerate(tokens):
        if token.is_mark and token.word not in "()" and number > place:
            items += 1
            place = number + 1  # `//` separates once
    return items
