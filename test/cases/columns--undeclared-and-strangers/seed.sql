insert into t values (1, 'a', 'b'); insert into stranger values (1);
