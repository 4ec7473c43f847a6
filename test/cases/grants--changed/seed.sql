insert into people (id, name, mood) values (1, 'Ann', 'good');
