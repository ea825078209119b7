-- Accepted versions of the routes folder, the servers that share them, and how these agree on the next one.

-- Files of a folder, zipped. Settings in them are references: no secret lies here.
create table bundle (
  hash   text primary key,                             -- of the files alone, without what the program ships
  files  bytea not null
);

create table deployment (
  id        bigint generated always as identity primary key,
  bundle    text not null references bundle,
  hash      text not null,                             -- with the files that the program shipped then
  at        timestamptz not null default clock_timestamp(),
  by        text not null,
  via       text not null,                             -- folder, reload, edit, rollback, start, upgrade
  node      text not null,
  restores  bigint,                                    -- the deployment that a rollback went back to
  changes   text not null                              -- JSON: paths added, changed, removed
);

-- A version that all live servers are to check. One at a time.
create table proposal (
  id         bigint generated always as identity primary key,
  bundle     text not null references bundle,
  node       text not null,
  closes_at  timestamptz not null,
  state      text not null default 'open'              -- open, accepted, refused
);
create unique index proposal_open on proposal (state) where state = 'open';

create table vote (
  proposal  bigint not null references proposal on delete cascade,
  node      text not null,
  findings  text not null,                             -- JSON; an empty list agrees
  primary key (proposal, node)
);

-- Nothing was ever written into the one of the first version.
drop table node;
create table node (
  name         text primary key,
  life         text not null,                          -- of one process: another one of this name takes the row over
  started_at   timestamptz not null default clock_timestamp(),
  alive_until  timestamptz not null,
  deployment   bigint,                                 -- what it serves
  folder       text,                                   -- bundle hash of its folder when it last looked
  refusal      text                                    -- JSON: why that folder does not serve
);
