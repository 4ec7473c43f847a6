create table hints (id integer primary key);
create table rooms (area int4range not null, open int4range not null, primary key (area, open), unique (open, area));
create table bookings (id integer primary key, area int4range not null, during int4range not null, hint_id integer not null references hints, kept integer not null references hints not enforced,
  foreign key (area, during) references rooms);
