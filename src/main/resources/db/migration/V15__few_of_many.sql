-- What a channel was not sent in the end, for lists of a channel that few orders concern.
create index delivery_dropped_there on delivery (channel, id) where state in ('superseded', 'void');

-- Channels differ in their states: one is never withheld anything, another nearly all. Without this PostgreSQL takes the two for
-- independent, and walks the whole table for a page of what is not there.
create statistics delivery_states (mcv) on channel, state from delivery;
analyze delivery;
