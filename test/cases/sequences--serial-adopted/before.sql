create table people (id serial primary key, name text not null, big bigserial, small smallserial);
