-- A person is no longer bound to a home: by their own word, or by the community's, which gives a reason that they read.
create table binding_end (
    id       bigint generated always as identity primary key,
    account  bigint      not null references account (id),
    unit     bigint      not null references unit (id),
    relation text        not null check (relation in ('owner', 'family', 'tenant')),
    ended_at timestamptz not null,
    ended_by bigint      not null references account (id),
    reason   text        check (length(reason) between 1 and 200),
    check (reason is not null or ended_by = account)
);
create index binding_end_account on binding_end (account, id desc);
comment on table binding_end is '结束的绑定';
