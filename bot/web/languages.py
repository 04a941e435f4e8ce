"""In which language a page speaks."""

from functools import lru_cache

from aiohttp import web

from services.languages import Language

PARAMETER = "lang"
_MOST_WISHES = 20


def chosen_language(request: web.Request) -> Language | None:
    """Return the language of the link that was followed."""
    return _known(request.query.get(PARAMETER, ""))


def wished_language(request: web.Request) -> Language | None:
    """Return the language of ours that the browser's user likes best."""
    return _wished(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=256)  # browsers send one of few
def _wished(header: str) -> Language | None:
    wishes = header.split(",")[:_MOST_WISHES]
    ranked = sorted((_weight(wish), -place, wish) for place, wish in enumerate(wishes))
    for weight, _, wish in reversed(ranked):
        language = _known(wish.partition(";")[0].strip().partition("-")[0].lower())
        if language is not None and weight > 0:
            return language
    return None


def _known(code: str) -> Language | None:
    return next((language for language in Language if language.value == code), None)


def _weight(wish: str) -> float:
    _, _, weight = wish.replace(" ", "").partition(";q=")
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0
