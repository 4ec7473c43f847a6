-- depends-on: 009_media_types_know_their_loss
-- up
update media_types set lossless = true where name like 'FLAC%';

-- down
update media_types set lossless = false;
