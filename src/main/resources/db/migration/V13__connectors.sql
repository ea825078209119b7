-- What connectors keep.

-- Access tokens that a channel gave us, with the newest refresh token where it gives a new one each time. Locked while
-- one is fetched.
create table token (
  channel     text primary key,
  grant_hash  text not null default '',           -- of the credentials that it was fetched with
  access      text not null default '',
  refresh     text,
  expires_at  timestamptz not null default 'epoch',
  fetched_at  timestamptz not null default now()
);

-- Articles as a channel has them; one row for each variant. Images are addresses and what the channel says of them.
create table product (
  id           bigint primary key,
  channel      text not null,
  product_id   text not null,                     -- its id there
  variant_id   text not null default '',          -- empty when it has no variants
  sku          text,
  title        text not null default '',
  price        numeric,
  currency     text,
  status       text,                              -- the channel's own word
  url          text,
  detail       text not null default '{}',        -- what else create-product needs, as JSON
  images       text not null default '[]',        -- JSON: url, id, alt, hash, width, height
  source_at    timestamptz,                       -- when it changed there
  changed_at   timestamptz not null default now(),
  unique (channel, product_id, variant_id)
);
create index product_sku on product (sku, id) where sku is not null;
create index product_channel on product (channel, id);

-- How many of an article there are, place by place, as the channel says.
create table stock (
  id           bigint primary key,
  channel      text not null,
  sku          text not null,
  location     text not null default '',
  quantity     bigint not null,
  at           timestamptz not null default now(),
  unique (channel, sku, location)
);
create index stock_sku on stock (sku, id);
create index stock_channel on stock (channel, id);

-- What was last written to a channel, so that only what changed is written again.
create table stock_written (
  channel      text not null,
  sku          text not null,
  quantity     bigint not null,
  at           timestamptz not null default now(),
  primary key (channel, sku)
);
