insert into users (username) values ('ada'), ('bob');
