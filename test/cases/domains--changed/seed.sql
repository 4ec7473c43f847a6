insert into orders (email, amount, code, codes, state, plain) values ('a@b', 7, 'c', '{d,e}', 'bad', 3), ('c@d', 8, 'c', '{}', null, 4);
