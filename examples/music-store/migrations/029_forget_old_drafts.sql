-- description: Not reversible: what is deleted is gone
-- up
delete from invoices where status = 'draft' and issued_at < now() - interval '1 year';
