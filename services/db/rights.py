"""When a right holds: said once, for every statement that asks."""


def holds(today: str) -> str:
    """Return the condition under which grant `g` gives account `a` its role on a day (a placeholder).

    `p`: the person whose account it is now, none while they are not in the roster or the link is frozen. A right given
    to a person holds for the account that is bound to it, as long as that account is theirs; a deputy's as long as the
    one they stand in for has it.
    """
    return f"""
        (g.person_id is null or g.person_id = p.id)
        and g.revoked_at is null and coalesce(g.valid_from <= {today}, true) and coalesce(g.valid_to >= {today}, true)
        and (g.deputy_of is null or exists (
            select from role_grants d where d.id = g.deputy_of and d.revoked_at is null
            and coalesce(d.valid_from <= {today}, true) and coalesce(d.valid_to >= {today}, true)))
    """
