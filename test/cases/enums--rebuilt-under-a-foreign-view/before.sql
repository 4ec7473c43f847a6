create type state as enum ('a', 'b'); create table t (id integer primary key, state state not null); create view seen as select state from t;
