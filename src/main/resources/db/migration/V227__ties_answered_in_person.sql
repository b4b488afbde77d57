-- A paper that others entered in an assessor's name takes nobody's own word: whoever can sign in says so themselves until it is decided
-- (decision 82).
alter table evaluation_conflict
    add column said    text not null default '' check (length(said) <= 500),
    add column said_at timestamptz,
    add check ((said = '') = (said_at is null)),
    add check (said = '' or received_on is not null);
comment on column evaluation_conflict.said is '录入书面说明以后，测评员自己在系统里写的说明';
