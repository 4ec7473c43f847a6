insert into users (first, last) values ('Ada', 'Lovelace');
