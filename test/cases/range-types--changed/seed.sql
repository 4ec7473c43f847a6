insert into readings (within, list, several, span) values ('[1,2)', '{"[1,2)",empty}', '{[1,2),[4,5]}', '(,3]');
