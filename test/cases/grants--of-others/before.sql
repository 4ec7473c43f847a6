create table documents (id integer primary key, owner text not null);
create view seen as select id from documents;
create table alone (id integer primary key);
grant select on documents to lockstep_others_app;
grant delete on documents to lockstep_others_dba;
grant select on alone to lockstep_others_dba;
grant insert on alone to lockstep_others_app;
alter default privileges grant select on tables to lockstep_others_dba, lockstep_others_app;
