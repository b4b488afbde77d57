-- A webhook that a program set up belongs to its integration, by the integration's account: no person answers for it, and it ends
-- with the program's tokens.
alter table webhook add column program boolean not null default false;
create index webhook_program on webhook (account) where program;
