-- A person looked at the destination and says that nothing is there: an unknown delivery may be sent once more, even where
-- neither a key nor a look-up protects it. The doubt itself stays, so that keys and look-ups are used where they exist.
alter table delivery add column vouched_for boolean not null default false;
