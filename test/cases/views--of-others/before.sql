create table t (id integer primary key, a integer not null);
create view theirs as select a from t;
