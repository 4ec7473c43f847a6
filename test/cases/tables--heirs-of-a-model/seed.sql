insert into people (name, age) values ('Ann', 30);
insert into students (name, school) values ('Bob', 'North');
insert into teachers (editor, room) values ('Eve', 7);
insert into guests (id, name) values (9, 'Guy');
