"""How patient we are with a time-stamp authority."""

from datetime import timedelta

_FIRST = timedelta(minutes=1)
_LAST = timedelta(hours=6)
_MOST_DOUBLINGS = 9  # more would pass the last pause by far

#: After a failure nobody is asked for this long, whatever is due: an authority that is away is not stormed.
REST = _FIRST


def pause_after(attempt: int) -> timedelta:
    """Return how long to wait after an attempt in vain (the first is 1): a minute, doubling up to six hours."""
    return min(_FIRST * (1 << min(attempt - 1, _MOST_DOUBLINGS)), _LAST)
