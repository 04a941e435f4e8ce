"""When a right holds: said once, for every statement that asks."""


def holds(today: str) -> str:
    """Return the condition under which grant `g` gives account `a` its role on a day (a placeholder).

    `p`: the person whose account it is now, none while they are not in the roster. A frozen account has no rights. A
    right given to a person holds for the account that is bound to it, as long as that account is theirs; a deputy's as
    long as that of the one they stand in for holds.
    """
    return f"""
        {_holds_itself("g", "a", "p", today)}
        and (g.deputy_of is null or exists (
            select from role_grants d
            left join accounts da on da.telegram_id = d.telegram_id
            left join people dp on dp.id = da.person_id and dp.absent_since is null
            where d.id = g.deputy_of and d.telegram_id is not null and {_holds_itself("d", "da", "dp", today)}))
    """


def _holds_itself(grant: str, account: str, person: str, today: str) -> str:
    return f"""
        {grant}.revoked_at is null
        and coalesce({grant}.valid_from <= {today}, true) and coalesce({grant}.valid_to >= {today}, true)
        and {account}.frozen_at is null and ({grant}.person_id is null or {grant}.person_id = {person}.id)
    """
