-- name: The genres that the store began with
-- up
insert into genres (name) values ('Rock'), ('Jazz'), ('Classical'), ('Latin');

-- down
delete from genres where name in ('Rock', 'Jazz', 'Classical', 'Latin');
