create table a (id integer primary key deferrable initially deferred, n integer, constraint a_n_key unique (n) include (id));
create table b (id integer primary key, a_id integer not null, constraint b_a_id_fkey foreign key (a_id) references a (n) on delete set null deferrable);
alter table b add constraint b_id_check check (id > 0) not valid;
create unlogged table c (id integer primary key);
