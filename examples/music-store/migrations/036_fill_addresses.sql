-- name: Customers keep the address that they had
-- up
insert into addresses (customer_id, country, postal_code)
select id, country, postal_code from customers where postal_code is not null;

-- down
delete from addresses where label = 'home';
