insert into people (name) values ('a'), ('b');
