-- A password that an administrator set must be changed by its owner before anything else.
alter table account add must_change_password boolean not null default false;
create index binding_code_unit on binding_code (unit, expires_at desc);
create index binding_request_open on binding_request (unit) where status = 'waiting';
create index household_member_unit on household_member (unit);
