-- The numbers of a count are sealed as its lists are, and a count whose answers would help to tune what else is scored is shown when
-- whoever asked for it says so.

-- SHA-256 over the numbers of an estate, as they are published. What was counted before this has none: there the stored ballots vouch.
alter table poll_group add column counts_digest bytea check (length(counts_digest) = 32);

alter table poll
    add column withheld boolean not null default false, -- the answers; roots, receipts and how many came are public with the count
    add column shown_at timestamptz;
