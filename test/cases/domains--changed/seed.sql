insert into orders (email, amount, code, codes, state, grades, part, plain) values ('a@b', 7, 'c', '{d,e}', 'bad', '{1,6,null}', 5, 3), ('c@d', 8, 'c', '{}', null, '{}', null, 4);
