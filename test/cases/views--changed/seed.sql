insert into users values (1, 'a@x', 'a'), (2, 'b@x', null);
