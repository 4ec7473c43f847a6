create function next_code() returns text language sql volatile as $$ select 'c' || (random() * 1000)::int $$;
create schema app; create function app.next_code() returns text language sql volatile as $$ select 'd' $$;
