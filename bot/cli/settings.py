"""Settings and logs of a command."""

from typing import Any

from bot.logs import set_up_logging
from bot.settings import Settings, load_settings


def command_settings(**overrides: Any) -> Settings:  # noqa: ANN401 -- values of any setting
    """Read the settings; logs go to stderr, and only what an operator must see unless LOG_LEVEL says more."""
    settings = load_settings(**overrides)
    level = settings.log_level if "log_level" in settings.model_fields_set else "WARNING"
    set_up_logging(form=settings.log_format, level=level)
    return settings
