insert into tickets (state, history) values ('old', '{}'), ('new', '{old,new}'), ('gone', '{gone}');
