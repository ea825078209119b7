-- When it was written down what a delivery withheld in shadow mode would have sent.
alter table delivery add column shadowed_at timestamptz;
create index delivery_shadow on delivery (id) where state = 'withheld' and reason = 'shadow' and shadowed_at is null;
