create table people (
  id integer primary key,
  email text constraint email_given not null,
  phone text not null,
  city text constraint city_known not null no inherit,
  street text,
  country text not null,
  note text
);
alter table people add constraint street_later not null street not valid;
