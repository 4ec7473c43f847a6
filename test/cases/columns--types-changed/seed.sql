insert into t (id, c) values (1, 'x'), (2, 'y');
