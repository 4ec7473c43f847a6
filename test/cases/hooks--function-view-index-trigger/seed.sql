insert into users (username, email) values ('ada', 'a@b');
