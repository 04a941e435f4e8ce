"""Who holds a role today and can be written to."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Date, String

from services.access import Role
from services.db.rights import holds

# A frozen account decides nothing until the Study Office has looked, so nothing is asked of it.
_HOLDERS = text(f"""
    select distinct a.telegram_id from role_grants g
    join accounts a on a.telegram_id = g.telegram_id
    left join people p on p.id = a.person_id and p.absent_since is null
    left join units u on u.id = g.unit_id
    where g.role = any(:roles) and (g.unit_id is null or u.code = :unit)
      and a.blocked_at is null and a.frozen_at is null and {holds(":today")}
    order by 1
""").bindparams(  # noqa: S608 -- constants of ours
    bindparam("roles", type_=ARRAY(String)), bindparam("unit", type_=String), bindparam("today", type_=Date)
)


async def list_holders(
    connection: AsyncConnection, roles: Iterable[Role], unit_code: str | None, today: date
) -> list[int]:
    """Return the accounts that hold one of the roles for the university or for this unit."""
    known = {"roles": [role.value for role in roles], "unit": unit_code, "today": today}
    return list(await connection.scalars(_HOLDERS, known))
