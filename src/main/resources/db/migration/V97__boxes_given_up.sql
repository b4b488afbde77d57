-- A box that does not open: a cover in it was altered, or the poll's key is not there. It is told as stuck, and whoever answers for the poll
-- can give it up, with a reason that everybody reads. What lay there is destroyed as at every end of a poll; how much it was, is kept.
alter table poll_group
    add column stuck_at    timestamptz, -- when its count failed for the first time; null again when it was counted after all
    add column voided_at   timestamptz,
    add column voided_by   bigint references account (id),
    add column void_reason text,
    add constraint poll_group_voided check ((voided_at is null) = (void_reason is null) and (voided_at is null or root is null));
