-- The ledger. Forward only: a released migration is never edited.
--
-- How claims work, everywhere: "due_at" is when a row may be worked on next. Claiming moves it one lease ahead and
-- counts "fence" up; whoever holds an older fence can no longer write. Nothing stays claimed past its lease, because
-- the row simply becomes due again. All times are PostgreSQL's own clock.

create sequence ledger_id;

-- Receipts ------------------------------------------------------------------------------------------------------
-- One row an inbound message: the key that makes it unique and its place in the queue. Small on purpose; purged after
-- 90 days. A second body under the same key is kept with conflict = true and never imported.
create table receipt (
  id           bigint primary key,
  channel      text not null,
  topic        text not null,
  event_id     text not null,
  body_hash    bytea not null,
  conflict     boolean not null default false,
  parent_id    bigint,                             -- the array this element was taken from
  received_at  timestamptz not null default now(),
  state        text not null default 'waiting',    -- waiting, imported, parked, conflict, split
  due_at       timestamptz default now(),
  fence        int not null default 0,
  leased_by    text,                               -- the node that holds it
  attempts     int not null default 0,
  error_code   text,
  error_path   text,
  error        text,
  waits_for    text                                -- the order id at the channel that a fact waits for
);
create unique index receipt_key on receipt (channel, topic, event_id) where not conflict;
create unique index receipt_conflict on receipt (channel, topic, event_id, body_hash) where conflict;
create index receipt_due on receipt (due_at) where due_at is not null;
create index receipt_shown on receipt (state, id) where state in ('parked', 'conflict', 'waiting');
create index receipt_waits on receipt (channel, waits_for) where waits_for is not null;

-- The bodies, by month, so that old months are dropped in an instant. TOAST compression is kept off the hot path:
-- a typical order fits into the page as it is.
create table receipt_body (
  receipt_id   bigint not null,
  received_at  timestamptz not null,
  headers      text not null,                      -- JSON object; no secrets, no signatures
  body         bytea not null,
  primary key (receipt_id, received_at)
) partition by range (received_at);
create table receipt_body_default partition of receipt_body default with (toast_tuple_target = 8160);

-- Orders --------------------------------------------------------------------------------------------------------
create table orders (
  id              bigint primary key,
  channel         text not null,                   -- the source
  external_id     text not null,                   -- its id there
  number          text not null,
  status          text not null,
  currency        text not null,
  total           numeric,
  tags            text[] not null default '{}',    -- the source's and those given on import
  placed_at       timestamptz,
  ship_by         timestamptz,
  url             text,
  cancelled       boolean not null default false,
  source_version  text,
  source_updated  timestamptz,
  receipt_id      bigint,                          -- of the newest state: the tie-break where the source tells no version
  revision        int not null,                    -- counts the states we accepted
  event_id        bigint not null,                 -- the event that holds the newest state
  changes         int not null default 0,          -- counts every commit on this order; decisions name the one they saw
  received_at     timestamptz not null default now(),
  changed_at      timestamptz not null default now(),
  unique (channel, external_id)
);
create index orders_received on orders (received_at desc, id desc);
create index orders_number on orders (lower(number) text_pattern_ops);
create index orders_tags on orders using gin (tags);

-- One row an event accepted for an order. payload is canonical JSON; decisions says for every destination what was
-- decided, why, and with which overlay. Label bytes are not here but in blob.
create table event (
  id           bigint primary key,
  order_id     bigint not null references orders (id) deferrable initially deferred,
  type         text not null,
  event_key    text,                               -- a fact's own id; null for the order's state
  revision     int,                                -- of an order's state
  channel      text not null,                      -- who told us
  receipt_id   bigint,
  outcome      text not null,                      -- applied, echo, stale
  at           timestamptz,
  recorded_at  timestamptz not null default now(),
  payload      text not null,
  decisions    text not null default '[]'
) with (toast_tuple_target = 8160);
create unique index event_fact on event (order_id, type, event_key) where event_key is not null;
create index event_order on event (order_id, id);

-- Lanes and deliveries ------------------------------------------------------------------------------------------
-- One row per (order, channel, part). Its deliveries go one after the other.
create table lane (
  id                bigint primary key,
  order_id          bigint not null references orders (id) deferrable initially deferred,
  channel           text not null,
  part              int not null default 1,
  external_id       text,
  url               text,
  reference         text,                          -- our number as stamped there
  line_ids          text[],                        -- chosen by hand; null means what the rules say
  sent_revision     int not null default 0,        -- the newest state known to be there
  sending_revision  int,                           -- the state of the create or update whose outcome is not known
  priority          int not null default 0,
  due_at            timestamptz,
  leased_until      timestamptz,                   -- in the hands of a worker until then
  leased_by         text,                          -- of this node
  fence             int not null default 0,
  created_at        timestamptz not null default now(),
  unique (order_id, channel, part)
);
-- Not unique: a destination may answer with one id for two orders, and that must not stop the ledger.
create index lane_external on lane (channel, external_id) where external_id is not null;
create index lane_reference on lane (channel, reference) where reference is not null;
create index lane_due on lane (channel, due_at) where due_at is not null;

create table delivery (
  id             bigint primary key,
  order_id       bigint not null,
  lane_id        bigint,                           -- null where nothing will ever leave: withheld
  event_id       bigint not null,
  channel        text not null,
  operation      text not null,
  state          text not null,                    -- waiting, delivered, failed, unknown, withheld, superseded, void
  reason         text,                             -- due, retry, manual, awaiting-mapping; rule, rule-error, capability, not-linked, shadow
  key            text not null,                    -- idempotency key
  revision       int,                              -- the state it was made for, or was last rendered from
  due_at         timestamptz,
  attempts       int not null default 0,           -- answers about this order; faults of the channel do not count
  sending_since  timestamptz,                      -- set before bytes leave; found set by a claim means: outcome not known
  ambiguous_at   timestamptz,                      -- since when it is not known whether the last send took effect
  error_code     text,
  error          text,
  created_at     timestamptz not null default now(),
  finished_at    timestamptz
);
create index delivery_lane on delivery (lane_id, id) where state in ('waiting', 'failed', 'unknown');
create index delivery_order on delivery (order_id, id);
create index delivery_state on delivery (state, channel, id) where state in ('waiting', 'failed', 'unknown');
create index delivery_withheld on delivery (channel, id) where state = 'withheld';

-- What goes down a lane next, and when: the first delivery that waits, unless a person has to act before it. The one
-- place that knows; lane.due_at is always set from it.
create function lane_due(wanted bigint) returns timestamptz language sql stable as $$
  select head.due_at
  from (select d.state, d.reason, d.due_at
        from delivery d
        where d.lane_id = wanted
          and (d.state = 'waiting' or (d.state in ('failed', 'unknown') and d.operation = 'create-order'))
        order by d.id
        limit 1) head
  where head.state = 'waiting' and head.reason <> 'manual'
$$;

-- What was sent and answered, by month. Secrets are redacted before they get here.
create table attempt (
  delivery_id   bigint not null,
  number        int not null,                      -- the lane's fence of that claim
  order_id      bigint not null,
  channel       text not null,
  operation     text not null,
  started_at    timestamptz not null default now(),
  finished_at   timestamptz,
  outcome       text not null default 'sending',   -- sending, delivered, retry, failed, ambiguous, unknown, channel-fault, late
  revision      int,
  deployment    text,
  status        int,
  request       text,
  response      text,
  error_code    text,
  error         text,
  primary key (delivery_id, number, started_at)
) partition by range (started_at);
create table attempt_default partition of attempt default with (toast_tuple_target = 8160);
create index attempt_order on attempt (order_id);

-- Documents -----------------------------------------------------------------------------------------------------
create table blob (
  sha256      bytea primary key,
  media_type  text not null,
  bytes       bytea not null,
  created_at  timestamptz not null default now()
);

create table document (
  id           bigint primary key,
  order_id     bigint not null,
  event_id     bigint,
  kind         text not null,                      -- label, print
  name         text not null,
  shipment_id  text,
  format       text,
  size         text,
  source       bytea references blob (sha256),     -- as it came
  pdf          bytea references blob (sha256),     -- what we made of it
  converter    text,                               -- version that made it
  warnings     text[] not null default '{}',
  error_code   text,
  error        text,
  created_at   timestamptz not null default now()
);
create index document_order on document (order_id, id);
create unique index document_event on document (event_id) where event_id is not null;

-- Run time ------------------------------------------------------------------------------------------------------
-- What people switched while running; cleared when the file's own value changes.
create table switch (
  channel     text not null,
  name        text not null,                       -- paused, push, shadow, task.<kind>.enabled, task.<kind>.every
  value       text not null,
  file_value  text,
  by          text not null,
  at          timestamptz not null default now(),
  primary key (channel, name)
);

create table cursor (
  channel     text not null,
  task        text not null,
  value       text not null,
  updated_at  timestamptz not null default now(),
  primary key (channel, task)
);

create table run (
  id           bigint primary key,
  channel      text not null,
  task         text not null,
  started_at   timestamptz not null default now(),
  finished_at  timestamptz,
  state        text not null default 'running',    -- running, done, failed
  trigger      text not null,                      -- schedule, manual
  summary      text not null default '{}',
  error_code   text,
  error        text
);
create index run_shown on run (started_at desc, id desc);
create index run_channel on run (channel, task, id desc);

create table audit (
  id          bigint primary key,
  at          timestamptz not null default now(),
  by          text not null,
  action      text not null,
  order_id    bigint,
  subject     text,
  detail      text not null default '{}'
);
create index audit_order on audit (order_id) where order_id is not null;
create index audit_at on audit (at desc);

create table node (
  id            text primary key,
  started_at    timestamptz not null default now(),
  heartbeat_at  timestamptz not null default now()
);
