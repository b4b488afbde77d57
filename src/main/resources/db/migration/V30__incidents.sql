-- 群体事件: one notice to a building, an estate or a whole community that answers many orders. Its words are an official notice, yet
-- they lie apart like all words.
create sequence incident_seq increment by 100;
create table incident (
    district     int         not null,
    id           bigint      not null,
    version      int         not null,
    community    text collate "C" not null,
    estate       bigint,                -- null: the whole community
    building     bigint,
    category     text        not null,  -- a leaf, or a branch with all its leaves
    body         bigint,                -- the holder that published it; null: the community
    published_by bigint      not null,
    published_at timestamptz not null,
    expected_end timestamptz not null,
    state        text        not null check (state in ('running', 'ended')),
    ended_by     bigint,
    ended_at     timestamptz,
    attached     int         not null default 0,
    joined       int         not null default 0,
    primary key (district, id),
    check (building is null or estate is not null),
    check ((state = 'ended') = (ended_at is not null))
);
create index incident_place on incident (district, community collate "C", published_at desc, id desc);
create index incident_running on incident (estate) where state = 'running';

create table incident_words (
    district    int    not null,
    incident_id bigint not null,
    title       text   not null,
    words       text   not null,
    primary key (district, incident_id),
    foreign key (district, incident_id) references incident (district, id)
);

-- What was said of it, one row a version: published, updated, ended.
create table incident_note (
    district     int         not null,
    incident_id  bigint      not null,
    seq          int         not null,
    at           timestamptz not null,
    account      bigint      not null,
    kind         text        not null check (kind in ('publish', 'update', 'end')),
    words        text        not null,
    expected_end timestamptz,
    primary key (district, incident_id, seq),
    foreign key (district, incident_id) references incident (district, id)
);

-- An order belongs to one incident at most.
create table incident_order (
    district    int         not null,
    order_id    bigint      not null,
    incident_id bigint      not null,
    at          timestamptz not null,
    account     bigint      not null,
    primary key (district, order_id),
    foreign key (district, incident_id) references incident (district, id),
    foreign key (district, order_id) references work_order (district, id)
);
create index incident_order_of on incident_order (district, incident_id);

-- Who is met by it without an order of their own.
create table incident_follower (
    district    int         not null,
    incident_id bigint      not null,
    account     bigint      not null,
    building    bigint,
    at          timestamptz not null,
    primary key (district, incident_id, account),
    foreign key (district, incident_id) references incident (district, id)
);
create index incident_follower_account on incident_follower (account);
