-- A count that was published and found wrong: it stays to be read, with the reason beside it, and counts for nothing.
alter table poll_group
    add column annulled_at  timestamptz,
    add column annulled_by  bigint references account (id),
    add column annul_reason text,
    add constraint poll_group_annulled check ((annulled_at is null) = (annul_reason is null) and (annulled_at is null or root is not null));
