-- A report that was made wrongly is declared void: its text and number stay as they were signed, and whoever verifies it is told.
create table tender_reference_void (
    reference bigint primary key references tender_reference (id),
    reason    text        not null check (reason <> '' and length(reason) <= 500),
    at        timestamptz not null,
    by        bigint      not null -- an account
);
comment on table tender_reference_void is '作废的招投标参考';
create trigger tender_reference_void_fixed before update or delete on tender_reference_void for each row execute function never_changed();
