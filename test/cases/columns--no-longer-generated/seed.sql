insert into t (name) values ('ada'), ('bob');
