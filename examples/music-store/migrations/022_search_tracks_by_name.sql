-- description: Built while others write
-- transaction: false
-- up
create index concurrently tracks_name_idx on tracks (lower(name));

-- down
drop index concurrently tracks_name_idx;
