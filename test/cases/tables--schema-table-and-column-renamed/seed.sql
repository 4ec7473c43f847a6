insert into sales.people (email) values ('a'), ('b'); insert into sales.notes (user_id) values (1);
