-- up
insert into media_types (name) values ('MPEG audio file'), ('AAC audio file'), ('FLAC audio file');

-- down
delete from media_types where name in ('MPEG audio file', 'AAC audio file', 'FLAC audio file');
