-- A disputed dispatch and its ruling, supervision, leaders' marks, joint handling, the ways out of the mechanism, and the incident
-- that answers many. An order of before has none of it.

alter table work_order add column disputes int not null default 0;          -- how often its dispatch was disputed
alter table work_order add column ruled boolean not null default false;     -- the street named the holder: no further return
alter table work_order add column supervised boolean not null default false; -- 督办: a mark, not a state
create index work_order_kept on work_order (district, kept) where kept is not null;
create index work_order_supervised on work_order (district, community collate "C") where supervised;

-- How many days, hours or times: data with a basis and a validity, beside the clocks of deadline_rule.
create table handling_rule (
    name    text not null check (name in ('return_within', 'return_decide', 'return_rule', 'supervise_answer',
                                          'supervise_after', 'transfer_answer', 'instruction_answer')),
    amount  int  not null check (amount > 0),
    measure text not null check (measure in ('hour', 'working_day', 'day', 'time')),
    basis   text not null,
    valid   daterange not null check (not isempty(valid)),
    exclude using gist (name with =, valid with &&)
);

-- 退单: once for each holder of an order. The first is decided by the community, the second by the street, and there is no third.
create sequence dispute_seq increment by 100;
create table order_dispute (
    district   int         not null,
    id         bigint      not null,
    order_id   bigint      not null,
    number     int         not null check (number in (1, 2)),
    holder     bigint      not null,
    ground     text        not null check (ground in ('not_ours', 'wrong_place', 'outside', 'contract', 'other')),
    taken      boolean     not null,   -- it had been taken: refused, it goes back to work
    raised_by  bigint      not null,
    raised_at  timestamptz not null,
    due_at     timestamptz not null,
    outcome    text check (outcome in ('granted', 'refused', 'ruled')),
    named      bigint,                 -- the holder the ruling named
    decided_by bigint,
    decided_at timestamptz,
    primary key (district, id),
    unique (district, order_id, number),
    unique (district, order_id, holder),
    foreign key (district, order_id) references work_order (district, id),
    check ((outcome is null) = (decided_at is null)),
    check ((outcome = 'ruled') = (named is not null) or outcome is null)
);
create index order_dispute_newest on order_dispute (district, raised_at desc, id desc);

-- 督办: asked of the holder by the street, answered in writing, lifted or sent back.
create sequence supervision_seq increment by 100;
create table supervision (
    district    int         not null,
    id          bigint      not null,
    order_id    bigint      not null,
    ground      text        not null check (ground in ('unsolved', 'overdue', 'leader', 'street')),
    opened_by   bigint,                -- null when the clock did it
    opened_at   timestamptz not null,
    due_at      timestamptz not null,
    state       text        not null check (state in ('open', 'answered', 'lifted', 'ended')),
    answered_at timestamptz,
    closed_at   timestamptz,
    primary key (district, id),
    foreign key (district, order_id) references work_order (district, id),
    check ((state in ('lifted', 'ended')) = (closed_at is not null))
);
create unique index supervision_running on supervision (district, order_id) where state in ('open', 'answered');
create index supervision_newest on supervision (district, opened_at desc, id desc);

-- 批示: what a leader wrote on an order, to whom, and what came of it. Name and words lie apart.
create sequence leader_mark_seq increment by 100;
create table leader_mark (
    district    int         not null,
    id          bigint      not null,
    version     int         not null,
    order_id    bigint      not null,
    level       text        not null check (level in ('street', 'district', 'city')),
    said_on     date        not null,
    addressee   text        not null check (addressee in ('holder', 'community', 'street')),
    body        bigint,                -- the holder, when it is addressed to it
    due_at      timestamptz not null,
    state       text        not null check (state in ('open', 'answered')),
    recorded_by bigint      not null,
    recorded_at timestamptz not null,
    answered_by bigint,
    answered_at timestamptz,
    primary key (district, id),
    foreign key (district, order_id) references work_order (district, id),
    check ((state = 'answered') = (answered_at is not null)),
    check ((addressee = 'holder') = (body is not null))
);
create index leader_mark_order on leader_mark (district, order_id);
create index leader_mark_newest on leader_mark (district, recorded_at desc, id desc);
create table leader_mark_words (
    district int    not null,
    mark_id  bigint not null,
    leader   text   not null,
    words    text   not null,
    answer   text   not null default '',
    primary key (district, mark_id),
    foreign key (district, mark_id) references leader_mark (district, id)
);

-- 联合办理: a co-responsible body has its part like a helper, but the lead cannot report the whole as done before it.
alter table assist_task add column joint boolean not null default false;

-- Where a matter outside the mechanism is for: police, courts, petitions … A change is a new row; the old one stays for who was sent there.
create table outside_channel (
    id       bigint generated always as identity primary key,
    area     text collate "C" not null references area (code),
    kind     text not null check (kind in ('police', 'court', 'petition', 'hotline', 'legal_aid', 'fire', 'market', 'other')),
    name     text not null,
    matters  text not null,
    address  text not null,
    phone    text not null,
    basis    text not null,
    since    date not null,
    until    date,
    check (until is null or until >= since)
);
create index outside_channel_area on outside_channel (area);

-- 移交: offered to another room or place; the order stays open until the other side takes it.
create sequence transfer_seq increment by 100;
create table order_transfer (
    district   int         not null,
    id         bigint      not null,
    order_id   bigint      not null,
    target     text        not null,   -- code of the TransferTarget
    place      text        not null,   -- what the target knows it by
    area       text collate "C" not null,
    offered_by bigint      not null,
    offered_at timestamptz not null,
    due_at     timestamptz not null,
    state      text        not null check (state in ('offered', 'taken', 'declined', 'ended')),
    decided_by bigint,
    decided_at timestamptz,
    became     text,
    primary key (district, id),
    foreign key (district, order_id) references work_order (district, id),
    check ((state = 'taken') = (became is not null))
);
create unique index order_transfer_running on order_transfer (district, order_id) where state = 'offered';
create index order_transfer_to on order_transfer (area, offered_at desc) where state = 'offered';

-- Through which merged order an account follows this one; null for who joined by themselves.
alter table me_too add column via bigint;
