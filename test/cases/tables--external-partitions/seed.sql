insert into measured (id, at) values (1, '2024-05-01'), (2, '2025-05-01'), (3, '2025-06-01');
