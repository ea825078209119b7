-- The sync log, issues, and how long things are kept.

-- Sync log: attempts are listed by channel and operation along the first index; those that did not simply go through, along
-- the second. An order's own attempts are found through its deliveries.
drop index attempt_order;
create index attempt_shown on attempt (channel, operation, started_at, delivery_id);
create index attempt_odd on attempt (outcome, started_at, delivery_id) where outcome not in ('sending', 'delivered');
create index run_failed on run (started_at desc, id desc) where state = 'failed';
create index run_task on run (task, started_at desc, id desc);
create index run_source on run (channel, started_at desc, id desc);

-- Issues: the same thing failing the same way is one, however many orders it holds up. What differs from one order to the
-- next (quoted text, addresses, words with digits) does not count.
create function issue_id(kind text, channel text, operation text, code text, error text) returns text
  language sql immutable parallel safe as $$
  select substr(encode(sha256(convert_to(
    kind || chr(1) || channel || chr(1) || operation || chr(1) || coalesce(code, '') || chr(1) ||
    left(regexp_replace(regexp_replace(regexp_replace(coalesce(error, ''),
      '"[^"]*"|“[^”]*”|(?<=^|[\s(:=])''[^'']*''|https?://\S+|\S+@\S+', '…', 'g'),
      '\S*[0-9]\S*', '#', 'g'),
      '[\s#…,]+', ' ', 'g'), 300), 'UTF8')), 'hex'), 1, 16)
$$;

alter table delivery add column issue text generated always as (
  case when state in ('failed', 'unknown') or (state = 'waiting' and reason = 'awaiting-mapping')
         or (state = 'withheld' and reason = 'rule-error')
    then issue_id('delivery', channel, operation,
      coalesce(error_code, case when state in ('waiting', 'withheld') then reason end), error) end) stored;
create index delivery_issue on delivery (issue, id) where issue is not null;
create index delivery_rule_error on delivery (order_id) where state = 'withheld' and reason = 'rule-error';
create index delivery_code on delivery (error_code, id) where error_code is not null;

alter table receipt add column issue text generated always as (
  case when state in ('parked', 'conflict') then issue_id('receipt', channel, topic, error_code, error) end) stored;
create index receipt_issue on receipt (issue, id) where issue is not null;

-- What people said about an issue, and those that resolved themselves. Whether one is open is read from deliveries and
-- receipts; this row is written behind them.
create table issue (
  id          text primary key,
  kind        text not null,                       -- delivery, receipt
  channel     text not null,
  operation   text not null,
  code        text,
  state       text not null default 'open',        -- open, acknowledged, ignored, resolved
  count       bigint not null,                     -- deliveries or receipts it held up when last seen
  newest      bigint not null,                     -- the newest of them
  message     text,                                -- of that one; taken out with its order's personal data
  first_at    timestamptz not null,
  last_at     timestamptz not null,
  state_by    text,
  state_at    timestamptz not null default now()
);
create index issue_shown on issue (state, last_at desc);

-- Audit: every filter along an index, newest first.
drop index audit_at;
drop index audit_order;
drop index audit_shown;
create index audit_shown on audit (at desc, id desc);
create index audit_order on audit (order_id, at desc, id desc) where order_id is not null;
create index audit_by on audit (by, at desc, id desc);
create index audit_action on audit (action, at desc, id desc);

-- Redaction: when personal data was taken out of an order. Whatever changes the order later clears it, since that may bring
-- new data, and the order's turn comes again.
alter table orders add column redacted_at timestamptz;
create index orders_unredacted on orders (received_at, id) where redacted_at is null;

-- A message that said nothing new is in no event: this is whose it was.
alter table receipt add column repeats_order bigint;
create index receipt_repeats on receipt (repeats_order) where repeats_order is not null;
create index receipt_parts on receipt (parent_id) where parent_id is not null;
create index receipt_age on receipt using brin (received_at);

-- Bytes are stored once by content: they go with the last that refers to them.
create index event_label on event ((payload::jsonb ->> 'data')) where type = 'label';
create index document_source on document (source) where source is not null;
create index document_pdf on document (pdf) where pdf is not null;
