-- The tree of categories is kept on a page. Who an order goes to is said by the routing rules alone: the column that once
-- meant to say it was read by nothing.
alter table category drop column responsible;
alter table category add column version int not null default 1;

create table category_change (
    id       bigint generated always as identity primary key,
    category text        not null references category (code),
    verb     text        not null check (verb in ('added', 'edited', 'stopped', 'restored')),
    detail   jsonb       not null default '{}',   -- field: [before, after]
    reason   text        not null,
    account  bigint      not null references account (id),
    at       timestamptz not null
);
create index category_change_of on category_change (category, id);
