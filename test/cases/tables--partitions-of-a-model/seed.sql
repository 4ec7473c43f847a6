insert into events (id, at, body) values (1, '2024-05-01', 'a'), (2, '2021-05-01', 'b');
insert into plain values (1);
insert into readings (source, others) values ('gas', '{water}'), ('water', '{gas,water}');
