-- description: Built while invoices are written, then made a constraint
-- transaction: false
-- up
create unique index concurrently invoices_number_key on invoices (number);
alter table invoices add constraint invoices_number_key unique using index invoices_number_key;

-- down
alter table invoices drop constraint invoices_number_key;
