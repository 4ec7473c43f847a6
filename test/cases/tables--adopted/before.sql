create type status as enum ('a', 'b');
create table users (
  id integer generated always as identity primary key,
  email character varying(100) not null unique,
  age int check (age between 0 and 150),
  state status default 'a' not null,
  n numeric(10,2) default 1,
  m integer default -1,
  t timestamp(3) with time zone default current_timestamp,
  j jsonb default '{}',
  tags text[] default '{}' not null,
  c char(3),
  b bit varying(5),
  tz time with time zone,
  flag boolean default false not null,
  low text generated always as (lower(email)) stored,
  status varchar(20) check (status in ('x', 'y') and upper(status) != 'Z')
);
create table posts (id serial primary key, user_id int not null references users on delete cascade, at timestamptz default now());
create index on posts (user_id);
create index on users (lower(email)) where state in ('a', 'b') and age is not null;
create index posts_at_idx on posts (at desc nulls last) include (user_id);
create table stranger (id int);
create view seen as select email from users;
