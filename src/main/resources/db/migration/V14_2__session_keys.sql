-- The driver sends text; compared with char(36) it would be text = text, which the index on char(36) cannot serve.
alter table spring_session_attributes drop constraint spring_session_attributes_session_primary_id_fkey;
alter table spring_session alter primary_id type varchar(36), alter session_id type varchar(36);
alter table spring_session_attributes alter session_primary_id type varchar(36);
alter table spring_session_attributes add foreign key (session_primary_id) references spring_session (primary_id) on delete cascade;
