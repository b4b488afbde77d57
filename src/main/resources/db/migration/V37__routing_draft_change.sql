-- Who touched a set of changes last, so that the second of two editors learns who was first.
alter table routing_draft
    add column changed_by bigint references account (id),
    add column changed_at timestamptz;
create index routing_rule_draft on routing_rule (draft) where draft is not null;
