insert into items values (1, 'a', 'low', 'x'), (2, 'b', 'high', null);
refresh materialized view code_list;
insert into kept values (1, row(1, 'a', 'low'), array[row(2, 'b', 'mid')::codes, null]), (2, null, '{}');
