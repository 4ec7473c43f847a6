insert into items values (1, 'a', 'low', 'x'), (2, 'b', 'high', null);
refresh materialized view code_list;
