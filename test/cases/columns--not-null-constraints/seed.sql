insert into people values (1, 'a', 'b', 'c', 'd', 'e', 'f');
