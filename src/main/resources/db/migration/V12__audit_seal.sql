-- The audit log sealed batch by batch, so that a change, a deletion or a re-ordering shows. Writers never wait for it.
-- ids: the entries of the batch. digests: eight bytes of each entry's hash in the order of ids, to show where it breaks.
create table audit_seal (
    number    bigint primary key check (number > 0),
    previous  bytea        not null,
    ids       int8multirange not null,
    top_id    bigint       not null,
    entries   int          not null check (entries > 0),
    content   bytea        not null, -- SM3 over all entries
    digests   bytea        not null,
    sealed_at timestamptz  not null,
    mac       bytea        not null, -- HMAC-SM3 over all of the above, with a key that is not in the database
    check (octet_length(digests) = 8 * entries)
);
create index audit_seal_at on audit_seal (sealed_at);
create index audit_seal_ids on audit_seal using gist (ids);
-- what is new lies at the end of the table: a block range index finds it and costs writers next to nothing
create index audit_entry_new on audit_entry using brin (id) with (pages_per_range = 16, autosummarize = on);

-- The checks that were made, and what they found.
create table audit_check (
    id          bigint generated always as identity primary key,
    asked_by    bigint references account (id), -- null: the nightly one, or the command
    started_at  timestamptz not null,
    finished_at timestamptz not null,
    seals       bigint not null,
    entries     bigint not null,
    unsealed    bigint not null, -- so new that no seal names them yet
    breaks      jsonb  not null default '[]',
    more        boolean not null default false -- whether there are more breaks than were kept
);
