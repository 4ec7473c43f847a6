create table rooms (
  id integer primary key, name text not null, area text not null,
  constraint rooms_name_key unique (name) with (fillfactor = 70),
  constraint used unique (area, id),
  constraint inherited check (id > 1)
);
alter table rooms add constraint checked check (id > 0) not valid;
create table bookings (
  id integer primary key, room_id integer not null, area text not null, during int4range not null,
  constraint apart exclude using gist (during with &&),
  constraint again exclude using btree (lower(area) with =),
  constraint "both" foreign key (area, room_id) references rooms (area, id)
);
alter table bookings add constraint later foreign key (room_id) references rooms not valid;
comment on constraint again on bookings is 'kept';
create index measured on bookings (lower(area)) with (fillfactor = 50);
