insert into levels values ('new'), ('old');
insert into tickets (state, history, kept, keeps, event, events) values
  ('old', '{old,it''s,new,null}', 'old', '{old,open}', row('old', 1), array[row('it''s', 2)::event, null]),
  ('new', '{}', 'open', '{}', row(null, 1), '{}');
