create table events (id integer not null, at date not null, primary key (id, at)) partition by range (at);
create table events_a partition of events for values from ('2024-01-01') to ('2025-01-01');
create table events_b partition of events for values from ('2025-01-01') to ('2026-01-01');
create table events_c partition of events for values from ('2026-01-01') to ('2027-01-01');
