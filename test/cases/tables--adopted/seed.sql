insert into users (email) values ('a'); insert into posts (user_id) values (1); insert into stranger values (1);
