create table measured (id integer not null, at date not null, primary key (id, at)) partition by range (at);
create table measured_2024 partition of measured for values from ('2024-01-01') to ('2025-01-01');
create table measured_2025 partition of measured for values from ('2025-01-01') to ('2026-01-01') partition by hash (id);
create table measured_2025_0 partition of measured_2025 for values with (modulus 2, remainder 0);
create table measured_2025_1 partition of measured_2025 for values with (modulus 2, remainder 1);
create sequence numbers owned by measured_2024.id;
alter table measured_2024 alter column id set default nextval('numbers');
create index on measured_2024 (at);
comment on table measured_2024 is 'Made elsewhere';
