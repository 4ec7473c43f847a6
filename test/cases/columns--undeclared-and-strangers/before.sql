create table t (id integer primary key, a text, extra text default 'x', constraint extra_check check (extra <> ''));
create index extra_idx on t (extra); create table stranger (id int); create function f() returns int language sql as 'select 1';
