-- up
create function touch() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;
create trigger customers_touch before update on customers for each row execute function touch();

-- down
drop trigger customers_touch on customers;
drop function touch();
