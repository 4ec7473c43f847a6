insert into docs values (1, 't', '{}');
