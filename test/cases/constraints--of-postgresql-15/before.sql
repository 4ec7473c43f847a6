create table a (x integer not null, y integer not null, z integer, primary key (x, y), unique (y));
create unique index a_z_y_idx on a (z, y);
create table b (id integer primary key, x integer, y integer,
  foreign key (x, y) references a on delete set null, foreign key (y, id) references a on delete set default (y));
