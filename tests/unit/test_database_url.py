"""The address of the database, with the parameters that libpq knows."""

import pytest

from services.db.engine import DatabaseUrlError, create_engine, parse_database_url


def connect_arguments(address: str) -> dict[str, object]:
    """What asyncpg would be called with."""
    engine = create_engine(parse_database_url(address).render_as_string(hide_password=False))
    seen: dict[str, object] = {}

    class Seen(Exception):  # noqa: N818 -- ends the attempt
        pass

    def connect(*_arguments: object, **named: object) -> None:
        seen.update(named)
        raise Seen

    engine.dialect.connect = connect  # type: ignore[method-assign,assignment]  # no server is needed
    with pytest.raises(Seen):
        engine.sync_engine.raw_connection()
    return seen


def test_parameters_reach_the_driver_under_its_names() -> None:
    given = connect_arguments(
        "postgresql://u:p@h/d?sslmode=verify-full&connect_timeout=3&application_name=copy&sslmode=require"
    )
    session = given.pop("server_settings")
    assert given == {"host": "h", "user": "u", "password": "p", "database": "d", "ssl": "require", "timeout": 3.0}
    assert isinstance(session, dict)
    assert (session["application_name"], session["timezone"]) == ("copy", "UTC")


def test_a_socket_is_named_as_a_parameter() -> None:
    given = connect_arguments("postgresql://u@/d?host=/run/postgresql&port=5433")
    assert (given["host"], str(given["port"]), given["timeout"]) == ("/run/postgresql", "5433", 10.0)
    assert "ssl" not in given


@pytest.mark.parametrize(
    "parameters", ["options=-c", "sslmode=perhaps", "connect_timeout=soon", "target_session_attrs=any", "port=x"]
)
def test_other_parameters_are_refused_in_one_line(parameters: str) -> None:
    with pytest.raises(DatabaseUrlError, match=r"^OWNER: .*[a-z_]+.*$"):
        parse_database_url(f"postgresql://u:p@h/d?{parameters}", setting="OWNER")
