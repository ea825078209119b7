-- The quantity ledger: how much of each line is wanted, is there, and is known to be cancelled, shipped and returned,
-- destination by destination. Push states are computed from it and from nothing else (io.waybill.ledger.Tally).
create table line_quantity (
  order_id   bigint not null,
  channel    text not null,                        -- '' for the order itself: what anybody told of the line
  line_id    text not null,
  part       int,                                  -- the part of the order there that holds the line
  wanted     int not null default 0,               -- what the newest decisions publish, less what is cancelled
  pushed     int not null default 0,               -- in the state known to be there
  cancelled  int not null default 0,               -- told by the channel or delivered to it, as the next two
  shipped    int not null default 0,
  returned   int not null default 0,
  primary key (order_id, channel, line_id)
);

alter table orders add column push text not null default 'not_pushed';

-- What people chose by hand: a choice counts up, so that an update which only changes the choice is told apart.
alter table lane
  add column choice       int not null default 0,
  add column sent_choice  int not null default 0;
-- The lines that a create or update carries, as chosen when it was planned: a repeated send is the same bytes, whatever was
-- chosen since. Null: as the rules say.
alter table delivery
  add column line_ids  text[],
  add column choice    int not null default 0;
update delivery d set line_ids = l.line_ids from lane l
where l.id = d.lane_id and l.line_ids is not null and d.operation in ('create-order', 'update-order');

-- A fact's id is its channel's own: two suppliers may both call their first shipment "1".
drop index event_fact;
create unique index event_fact on event (order_id, type, channel, event_key) where event_key is not null;

-- What is known already.
insert into line_quantity (order_id, channel, line_id, cancelled, shipped, returned)
select e.order_id, place.channel, x.id,
  coalesce(sum(x.quantity) filter (where e.type = 'cancellation'), 0),
  coalesce(sum(x.quantity) filter (where e.type = 'shipment'), 0),
  coalesce(sum(x.quantity) filter (where e.type = 'return'), 0)
from event e
cross join lateral (values (''), (e.channel)) as place (channel)
cross join lateral jsonb_to_recordset(
  case jsonb_typeof(e.payload::jsonb -> 'lines') when 'array' then e.payload::jsonb -> 'lines' else '[]' end)
  as x (id text, quantity int)
where e.type in ('cancellation', 'shipment', 'return') and e.outcome = 'applied'
group by e.order_id, place.channel, x.id;
insert into line_quantity (order_id, channel, line_id, part, wanted, pushed)
select o.id, p.channel, p.line_id, case when p.pushed > 0 then 1 end, p.wanted, p.pushed
from orders o cross join lateral line_push(o.id) p
on conflict (order_id, channel, line_id) do update
  set part = excluded.part, wanted = excluded.wanted, pushed = excluded.pushed;
update orders set push = push_state(id);
create index orders_push on orders (push, received_at desc, id desc);
drop index orders_cancelled;

drop function push_state(bigint);
drop function line_push(bigint);
