insert into sales values (1, 'a', 5), (2, 'a', 6), (3, 'b', 1);
refresh materialized view totals;
