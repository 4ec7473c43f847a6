insert into tickets (id, owner, state) values (1, 'me', 'open');
