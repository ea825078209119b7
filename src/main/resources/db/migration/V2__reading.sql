-- What people look at. Push states are defined here and nowhere else.

-- For one order: how much of each line its destinations want, and how much was delivered there. Wanted is what the newest
-- decisions publish; pushed is what the state known to be there held, narrowed as it was when it was sent.
create function line_push(wanted_order bigint)
  returns table (channel text, line_id text, wanted int, pushed int)
  language sql stable parallel safe as $$
  with newest as materialized (
    select e.payload::jsonb #> '{order,lines}' as lines, e.decisions::jsonb as decisions
    from orders o join event e on e.id = o.event_id where o.id = wanted_order),
  place as materialized (
    select d ->> 'channel' as channel, d ->> 'verdict' = 'publish' as published, d #> '{overlay,lines}' as lines
    from newest, jsonb_array_elements(newest.decisions) d),
  line as materialized (
    select x.id, x.quantity - coalesce(x.cancelled, 0) as quantity
    from newest, jsonb_to_recordset(newest.lines) as x (id text, quantity int, cancelled int)),
  sent as materialized (
    select l.channel, x.id, sum(x.quantity)::int as quantity
    from lane l
    join event s on s.order_id = l.order_id and s.type = 'order' and s.revision = l.sent_revision
    cross join lateral jsonb_to_recordset(s.payload::jsonb #> '{order,lines}') as x (id text, quantity int)
    left join lateral (
      select d #> '{overlay,lines}' as lines from jsonb_array_elements(s.decisions::jsonb) d
      where d ->> 'channel' = l.channel limit 1) narrowed on true
    where l.order_id = wanted_order and l.sent_revision > 0
      and (l.line_ids is null or x.id = any(l.line_ids))
      and (narrowed.lines is null or narrowed.lines @> to_jsonb(x.id))
    group by l.channel, x.id),
  wish as (
    select place.channel, line.id,
      case when place.published and (place.lines is null or place.lines @> to_jsonb(line.id)) then line.quantity else 0 end
        as quantity
    from place cross join line)
  select coalesce(wish.channel, sent.channel), coalesce(wish.id, sent.id), coalesce(wish.quantity, 0), coalesce(sent.quantity, 0)
  from wish full join sent on sent.channel = wish.channel and sent.id = wish.id
$$;

-- not_pushed: nothing delivered anywhere. pushed: every wanted quantity delivered everywhere wanted. The line by line
-- comparison is left out where every wanted destination has the newest state whole.
create function push_state(wanted_order bigint) returns text language sql stable parallel safe as $$
  select case
    when o.cancelled then 'cancelled'
    when not exists (select 1 from lane l where l.order_id = o.id and l.sent_revision > 0) then 'not_pushed'
    when not exists (
      select 1 from event e, jsonb_array_elements(e.decisions::jsonb) d
      where e.id = o.event_id and d ->> 'verdict' = 'publish'
        and not exists (
          select 1 from lane l
          where l.order_id = o.id and l.channel = d ->> 'channel' and l.sent_revision = o.revision and l.line_ids is null))
      then 'pushed'
    when exists (select 1 from line_push(o.id) p where p.pushed < p.wanted) then 'partially_pushed'
    else 'pushed'
  end
  from orders o where o.id = wanted_order
$$;

-- Deliveries with the state that is shown. Only the first open delivery of a lane can be in the hands of a worker; what
-- waits behind it is blocked by it.
create view delivery_shown as
select d.*, o.number, l.external_id, l.url, l.part, head.id as blocked_by,
  case when d.state = 'waiting' and head.id is null and l.leased_until > now() then 'in_progress' else d.state end as shown_state,
  case
    when d.state <> 'waiting' then nullif(d.reason, '')
    when d.reason in ('manual', 'awaiting-mapping') then d.reason
    when head.id is not null then 'blocked'
    when l.leased_until > now() then null
    when s.value = 'true' then 'paused'
    else d.reason
  end as shown_reason
from delivery d
join orders o on o.id = d.order_id
left join lane l on l.id = d.lane_id
left join switch s on s.channel = d.channel and s.name = 'paused'
left join lateral (
  select b.id from delivery b
  where d.state = 'waiting' and b.lane_id = d.lane_id and b.id < d.id
    and (b.state = 'waiting' or (b.state in ('failed', 'unknown') and b.operation = 'create-order'))
    and b.state in ('waiting', 'failed', 'unknown')
  order by b.id limit 1) head on true;

create index orders_cancelled on orders (received_at desc, id desc) where cancelled;
create index delivery_done on delivery (channel, finished_at) where state = 'delivered';
create index delivery_dropped on delivery (state, id) where state in ('superseded', 'void');
create index audit_shown on audit (id desc);
