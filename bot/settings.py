"""All settings, from the environment or `.env`; the names are promised on the interfaces page."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from services.languages import Language

Network = IPv4Network | IPv6Network
_LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


class SettingsError(ValueError):
    """Settings that cannot be used; one readable line for each."""


class Settings(BaseSettings):
    """What the operator decides."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = ""
    migration_database_url: str = ""
    data_dir: Path = Path("./var")
    public_url: str = ""
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = ()
    metrics_allow: Annotated[tuple[Network, ...], NoDecode] = _LOOPBACK
    webhook_secret: SecretStr = SecretStr("")
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    timezone: str = "Asia/Bishkek"
    default_locale: Language = Language.KY
    university_file: Path | None = None
    signing_p12: Path | None = None
    signing_password: SecretStr = SecretStr("")
    operators_chat: int | None = None
    log_format: Annotated[str, Field(pattern="^(text|json)$")] = "text"
    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = "INFO"

    @field_validator("trusted_proxies", "metrics_allow", "admin_ids", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:  # noqa: ANN401 -- pydantic hands over whatever came
        """Read a list written with commas or spaces."""
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("university_file", "signing_p12", "operators_chat", mode="before")
    @classmethod
    def _empty_is_none(cls, value: Any) -> Any:  # noqa: ANN401 -- as above
        return None if value == "" else value

    @field_validator("public_url", "telegram_api_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with https://")
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is not a time zone like Asia/Bishkek") from error
        return value

    @property
    def uses_webhook(self) -> bool:
        """Whether Telegram brings the updates; otherwise we fetch them."""
        return bool(self.public_url and self.webhook_secret.get_secret_value())


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 -- values of any setting
    """Read the settings; says in one line per setting what is wrong."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        lines = [f"{'.'.join(str(part) for part in item['loc']).upper()}: {item['msg']}" for item in error.errors()]
        raise SettingsError("; ".join(lines)) from error
