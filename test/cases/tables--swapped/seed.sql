insert into one values (1, 'x', 'y'); insert into two values (1), (2);
