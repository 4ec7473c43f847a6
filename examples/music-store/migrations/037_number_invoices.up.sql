create sequence invoice_numbers start 1000;
alter table invoices add column number bigint not null default nextval('invoice_numbers');
alter sequence invoice_numbers owned by invoices.number;
