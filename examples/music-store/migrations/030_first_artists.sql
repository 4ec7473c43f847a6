-- name: The artists that the store began with
-- up
insert into artists (name) values ('Nina Simone'), ('Kraftwerk'), ('Mercedes Sosa');
insert into albums (title, artist_id, release_year)
select title, artists.id, released
from (values ('Pastel Blues', 'Nina Simone', 1965), ('Autobahn', 'Kraftwerk', 1974)) as first (title, artist, released)
join artists on artists.name = first.artist;
insert into tracks (name, album_id, media_type_id, milliseconds)
select 'Sinnerman', albums.id, media_types.id, 620000
from albums, media_types
where albums.title = 'Pastel Blues' and media_types.name like 'FLAC%';

-- down
delete from tracks where name = 'Sinnerman';
delete from artists where name in ('Nina Simone', 'Kraftwerk', 'Mercedes Sosa');
