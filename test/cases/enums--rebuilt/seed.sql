insert into tickets (state) values ('new'), ('open'), ('shut');
