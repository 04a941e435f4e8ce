"""aiogram's models, built when they are first used instead of all at import.

aiogram rebuilds its four hundred pydantic models at import, each with everything it refers to: seconds of processor
time for models of which a bot uses a tenth. Here the rebuild is put off: the names it was called with are kept, and
a model that is used for the first time is rebuilt with them, as pydantic does by itself for incomplete models. The
result is the same (a test builds all of them); `docs/adr/0005-lazy-models.md` has the figures.
"""

import sys
from typing import Any

from pydantic import BaseModel


def import_aiogram() -> None:
    """Import aiogram without building its models; does nothing where aiogram is there already."""
    if "aiogram" in sys.modules:
        return
    names = _import_without_rebuild()
    from aiogram.methods.base import Response, TelegramMethod  # noqa: PLC0415 -- only after the import above
    from aiogram.types.base import TelegramObject  # noqa: PLC0415 -- as above

    for family in (TelegramObject, TelegramMethod, Response):
        _rebuild_with(family, names)


def _import_without_rebuild() -> dict[str, Any]:
    """Import aiogram; return the names with which it wanted to rebuild its models."""
    names: dict[str, Any] = {}

    def put_off(_model: type[BaseModel], /, **options: Any) -> None:  # noqa: ANN401 -- pydantic's own options
        names.update(options.get("_types_namespace") or {})

    original = vars(BaseModel)["model_rebuild"]
    setattr(BaseModel, "model_rebuild", classmethod(put_off))  # noqa: B010 -- for the time of the import
    try:
        import aiogram  # noqa: F401, PLC0415 -- the point of this function
    finally:
        setattr(BaseModel, "model_rebuild", original)  # noqa: B010 -- as it was
    return names


def _rebuild_with(family: type[BaseModel], names: dict[str, Any]) -> None:
    """Let pydantic find the names when it rebuilds a model of this family at its first use."""
    rebuild = vars(BaseModel)["model_rebuild"].__func__

    def model_rebuild(model: type[BaseModel], /, **options: Any) -> Any:  # noqa: ANN401 -- pydantic's own options
        options.pop("_parent_namespace_depth", None)
        options["_types_namespace"] = options.get("_types_namespace") or names
        return rebuild(model, **options)

    setattr(family, "model_rebuild", classmethod(model_rebuild))  # noqa: B010 -- replaces an inherited method
