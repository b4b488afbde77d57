-- A notice carries the moment of what it tells of; it may be written later, among older ones. What a reader had before them when they say
-- that they have seen everything is known by when it was written.
alter table notice add column told_at timestamptz not null default now();
