create table users (id integer generated always as identity primary key, username varchar(50) not null, email text not null, updated_at timestamptz);
