insert into a values (1, null, null); insert into b values (1, 1, 1, 'y'); insert into c values (1, 1, 'y');
