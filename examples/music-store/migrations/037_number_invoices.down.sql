alter table invoices drop column number;
