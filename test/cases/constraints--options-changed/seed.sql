insert into rooms values (2, 'n', 'a'); insert into bookings values (1, 2, 'a', '[1,2)');
