insert into words (word, other, of) values ('a', 'c', row('x')), ('b', 'd', null);
