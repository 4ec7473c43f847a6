create table legacy (id integer primary key, anything text, comment_free int); create table t (id integer primary key, legacy_id int, secret text, d int default 3);
