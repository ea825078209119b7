-- Status mappings.

-- What each channel was last told about an order's status, in the word it was told. Known again when it comes back, and
-- compared by the next run.
create table status_told (
  order_id  bigint not null references orders (id),
  channel   text not null,
  status    text not null,
  event_id  bigint not null,                       -- the event that it was told for
  at        timestamptz not null default now(),
  primary key (order_id, channel)
);

-- The words a channel has used: few rows among all events.
create index event_status on event (channel, id) where type = 'status';
create index delivery_awaiting on delivery (channel, id) where state = 'waiting' and reason = 'awaiting-mapping';

-- A run of one configuration among several of the same task, and what it lists.
alter table run
  add column subject text not null default '',
  add column detail  text;

-- A status that waits for its meaning holds back nothing but itself: what comes behind it on the lane passes by. Once its
-- own due time is there it is looked at again, in its turn.
create or replace function lane_due(wanted bigint) returns timestamptz language sql stable as $$
  select case when head.state = 'waiting' and head.reason <> 'manual' then head.due_at end
  from (select d.state, d.reason, d.due_at
        from delivery d
        where d.lane_id = wanted
          and (d.state = 'waiting' or (d.state in ('failed', 'unknown') and d.operation = 'create-order'))
        order by
          case when d.operation = 'set-status' and d.reason = 'awaiting-mapping' and d.due_at > now() then 1 else 0 end,
          d.id
        limit 1) head
$$;

drop view delivery_shown;
create view delivery_shown as
select d.*, o.number, l.external_id, l.url, l.part, head.id as blocked_by,
  case when d.state = 'waiting' and head.id is null and l.leased_until > now() and coalesce(d.reason, '') <> 'awaiting-mapping'
    then 'in_progress' else d.state end as shown_state,
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
    and not (b.operation = 'set-status' and coalesce(b.reason, '') = 'awaiting-mapping')
  order by b.id limit 1) head on true;
