insert into b values (1, 'p', 1, 2); insert into c values (1, 1);
