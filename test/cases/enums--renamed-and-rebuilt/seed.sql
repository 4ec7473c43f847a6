insert into t (state) values ('open'), ('paid');
