-- Fewer rows and fewer index entries an order. What is claimed is told by its lease alone: due_at, which is indexed, stays
-- as it is until the work is done, so that claiming a row rewrites no index.
alter table receipt add column leased_until timestamptz;
update receipt set leased_until = due_at where leased_by is not null and due_at > now();

-- Room on each page for the versions of a row that its claims and marks write: none of them touches an index then.
alter table receipt set (fillfactor = 70);
alter table lane set (fillfactor = 60);
alter table delivery set (fillfactor = 80);

-- The quantity ledger, one row an order and channel: of each line, by its id, the part of the order there that holds it,
-- and the quantities wanted, pushed, cancelled, shipped and returned. Lines change together.
create table quantity (
  order_id  bigint not null,
  channel   text not null,                         -- '' for the order itself: what anybody told of the line
  counts    json not null,                         -- {"<line id>": [part or null, wanted, pushed, cancelled, shipped, returned]}
  primary key (order_id, channel)
) with (fillfactor = 70);
insert into quantity (order_id, channel, counts)
select order_id, channel, json_object_agg(line_id, json_build_array(part, wanted, pushed, cancelled, shipped, returned))
from line_quantity group by order_id, channel;
drop table line_quantity;
create view line_quantity as
select q.order_id, q.channel, line.key as line_id, (line.value ->> 0)::int as part, (line.value ->> 1)::int as wanted,
  (line.value ->> 2)::int as pushed, (line.value ->> 3)::int as cancelled, (line.value ->> 4)::int as shipped,
  (line.value ->> 5)::int as returned
from quantity q cross join lateral json_each(q.counts) line;

-- What goes down a lane next, and when: the first delivery that waits, unless a person has to act before it. A status that
-- waits for its meaning holds back nothing but itself. The one place that knows; lane.due_at is always set from it. A table
-- function, since PostgreSQL plans those with the statement that asks and not once a lane.
drop function lane_due(bigint);
create function lane_due(wanted bigint) returns table (due_at timestamptz) language sql stable as $$
  select case when head.state = 'waiting' and head.reason <> 'manual' then head.due_at end
  from (select d.state, d.reason, d.due_at
        from delivery d
        where d.lane_id = wanted and d.state in ('waiting', 'failed', 'unknown')
          and (d.state = 'waiting' or d.operation = 'create-order')
        order by
          case when d.operation = 'set-status' and d.reason = 'awaiting-mapping' and d.due_at > now() then 1 else 0 end,
          d.id
        limit 1) head
$$;
