-- What people do to an order by hand.

-- Tags that people gave and took away. They stay, whatever source and rules say later.
alter table orders
  add column tags_added    text[] not null default '{}',
  add column tags_removed  text[] not null default '{}';
