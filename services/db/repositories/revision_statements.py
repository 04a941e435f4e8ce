"""The statements by which messages are found that a correction or a recall changes."""

from sqlalchemy import bindparam, text
from sqlalchemy.types import DateTime

_NOW = bindparam("now", type_=DateTime(timezone=True))
_MADE_BEFORE = bindparam("made_before", type_=DateTime(timezone=True))

#: A literal, as the partial index wants it.
IS_UNSWEPT = text("announcement_revisions.state = 'begun' and announcement_revisions.swept_at is null")

# Whether a message carries something beside a delivery: several notices were one message in the evening.
_SHARED = "exists (select from deliveries o where o.message_id = m.id and o.id <> d.id)"
_CHANGEABLE = f"m.state = 'sent' and m.telegram_message_id is not null and not {_SHARED}"

# In the order in which they were told, so that the first who read it are the first who read what is right.
FREEZE = text(f"""
    insert into deliveries (notice_id, account_id)
    select :notice, d.account_id from deliveries d join messages m on m.id = d.message_id
    where d.notice_id = :original and {_CHANGEABLE}
    order by d.id
""")  # noqa: S608 -- constants of ours

FREEZE_LATE = text(f"""
    insert into deliveries (notice_id, account_id)
    select :notice, d.account_id from deliveries d join messages m on m.id = d.message_id
    where d.notice_id = :original and m.created_at <= :made_before and {_CHANGEABLE}
      and not exists (select from deliveries known where known.notice_id = :notice and known.account_id = d.account_id)
    order by d.id
""").bindparams(_MADE_BEFORE)  # noqa: S608 -- as above

# Copies that somebody fetched: each is a notice of its own, and so is the change of it.
COPIES = text(f"""
    select n.id as notice_id, d.account_id
    from notices n join deliveries d on d.notice_id = n.id join messages m on m.id = d.message_id
    where n.kind = 'announcement_shown' and n.subject = :subject and m.created_at <= :made_before and {_CHANGEABLE}
      and not exists (select from notices k where k.occasion = :occasions || n.id)
    order by n.id
""").bindparams(_MADE_BEFORE)  # noqa: S608 -- as above

HAS_IN_HAND = text("""
    select exists (
        select from messages m join deliveries d on d.message_id = m.id
        where m.state in ('claimed', 'sending') and d.notice_id = :original and m.created_at <= :made_before)
        or exists (
        select from notices n join deliveries d on d.notice_id = n.id join messages m on m.id = d.message_id
        where n.kind = 'announcement_shown' and n.subject = :subject
          and m.state in ('claimed', 'sending') and m.created_at <= :made_before)
""").bindparams(_MADE_BEFORE)

REOPEN = text("""
    update broadcasts set state = case when state = 'done' then 'open' else state end,
        ended_at = case when state = 'done' then null else ended_at end, look_at = :now
    where notice_id = :notice
""").bindparams(_NOW)

# The message that ended stays as it is, and says what was; the delivery waits for another one.
TELL_DIGESTS_ANEW = text(f"""
    with again as (
        update deliveries d set message_id = null
        from messages m
        where d.notice_id = :original and m.id = d.message_id and m.state = 'sent' and {_SHARED}
          and exists (select from broadcasts b where b.notice_id = :original and b.state <> 'cancelled')
        returning d.id
    )
    update broadcasts set state = case when state = 'done' then 'open' else state end, ended_at = null, look_at = :now
    where notice_id = :original and state <> 'cancelled' and exists (select from again)
""").bindparams(_NOW)  # noqa: S608 -- as above

SUPERSEDE = text("""
    update announcement_revisions set swept_at = coalesce(swept_at, :now)
    where announcement_id = :announcement and state = 'begun' returning notice_id
""").bindparams(_NOW)

REACH = text(f"""
    select count(*) filter (where {_CHANGEABLE}),
           count(*) filter (where {_CHANGEABLE} and m.settled_at > :fresh_since),
           count(*) filter (where m.state = 'sent' and {_SHARED}),
           count(*) filter (where m.state = 'unknown'),
           count(*) filter (where d.ended is null and (m.id is null or m.state in ('pending', 'claimed', 'sending')))
    from deliveries d left join messages m on m.id = d.message_id
    where d.notice_id = :original
""").bindparams(bindparam("fresh_since", type_=DateTime(timezone=True)))  # noqa: S608 -- as above

# Who keeps the original: what became of the change, or why there was none.
_KEPT = f"""
    select d.account_id,
           case when r.ended = 'blocked' or c.state = 'blocked' then 'blocked'
                when c.state = 'failed' then 'refused'
                when c.state = 'unknown' or (r.id is null and m.state = 'unknown') then 'uncertain'
                when r.id is null and m.state = 'sent' and {_SHARED} then 'in_digest'
                when r.id is null and m.state = 'sent' and m.telegram_message_id is null then 'uncertain'
                when r.ended = 'cancelled' or (r.id is not null and c.id is null and b.state = 'cancelled')
                then 'stopped' end as why,
           c.error
    from deliveries d
    join broadcasts b on b.notice_id = :notice
    left join messages m on m.id = d.message_id
    left join deliveries r on r.notice_id = :notice and r.account_id = d.account_id
    left join messages c on c.id = r.message_id
    where d.notice_id = :original
"""  # noqa: S608 -- as above

UNREACHED = text(f"""
    select k.account_id, k.why, k.error, p.person_no,
           coalesce(p.last_name, h.title) as last_name, p.first_name, p.patronymic, p.group_name
    from ({_KEPT}) k
    left join accounts a on a.telegram_id = k.account_id left join people p on p.id = a.person_id
    left join channels h on h.chat_id = k.account_id
    where k.why is not null
    order by p.last_name, p.first_name, p.patronymic, k.account_id
""")  # noqa: S608 -- as above

COUNT_UNREACHED = text(f"select count(*) from ({_KEPT}) k where k.why is not null")  # noqa: S608 -- as above

MESSAGE = text(f"""
    select m.telegram_message_id, m.settled_at from deliveries d join messages m on m.id = d.message_id
    where d.notice_id = :original and d.account_id = :account and {_CHANGEABLE}
""")  # noqa: S608 -- as above
