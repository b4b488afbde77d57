-- The work order: 群众点单 → 社区派单 → 物业接单 → 多方助力 → 核验 → 共评.

create table category (
    code         text primary key,
    parent       text references category (code),
    name         text not null,
    icon         text not null,
    words        text[] not null default '{}',   -- what people say when they mean this
    urgency      text not null default 'ordinary' check (urgency in ('urgent', 'utility', 'ordinary', 'complex')),
    responsible  text not null default 'holder' check (responsible in ('holder', 'community', 'utility', 'authority')),
    position     int  not null,
    active       boolean not null default true,
    basis        text not null
);

-- Deadlines per urgency: data with a basis and a validity. Amounts are hours round the clock or working days.
create table deadline_rule (
    urgency text not null check (urgency in ('urgent', 'utility', 'ordinary', 'complex')),
    clock   text not null check (clock in ('accept', 'take', 'contact', 'resolve', 'verify', 'rate')),
    amount  int  not null check (amount > 0),
    measure text not null check (measure in ('hour', 'working_day', 'day')),
    basis   text not null,
    valid   daterange not null check (not isempty(valid)),
    exclude using gist (urgency with =, clock with =, valid with &&)
);

create sequence work_order_seq increment by 100;
create table work_order (
    district     int         not null,
    id           bigint      not null,
    version      int         not null,
    state        text        not null check (state in ('submitted', 'awaiting_dispatch', 'dispatched', 'in_progress', 'resolved',
                                 'awaiting_rating', 'closed', 'closed_unrated', 'rejected', 'answered', 'merged', 'withdrawn')),
    community    text collate "C" not null,
    estate       bigint      not null,
    building     bigint,
    unit         bigint,
    category     text        not null,
    urgency      text        not null check (urgency in ('urgent', 'utility', 'ordinary', 'complex')),
    channel      text        not null check (channel in ('resident', 'phone', 'walk_in', 'patrol')),
    reporter     bigint,                                 -- account of the resident; null when filed for someone without one
    filed_by     bigint      not null,                   -- account that typed it
    anonymous    boolean     not null default false,     -- to the company: it sees the building only
    holder       bigint,                                 -- body that answers for it now
    assignee     bigint,                                 -- account of the holder's worker
    round        int         not null default 1 check (round >= 1),
    submitted_at timestamptz not null,
    due_at       timestamptz,                            -- of the step it stands at; null when finished
    contact_due  timestamptz,
    resolve_due  timestamptz,
    contacted_at timestamptz,
    contact_denied boolean   not null default false,     -- 没联系, said by the resident
    resolved_at  timestamptz,
    resolved_by  bigint,                                 -- account that reported it done
    closed_at    timestamptz,
    kept         bigint,                                 -- merged into this order of the same district
    solved       boolean,
    satisfied    int check (satisfied between 1 and 5),
    joined       int         not null default 0,
    urged        int         not null default 0,
    primary key (district, id),
    check ((state = 'merged') = (kept is not null)),
    check (state not in ('dispatched', 'in_progress', 'resolved') or holder is not null),
    check (state <> 'closed' or solved)
);
create index work_order_community on work_order (district, community collate "C", submitted_at desc, id desc);
create index work_order_newest on work_order (submitted_at desc, id desc);
create index work_order_open on work_order (district, community collate "C", state, due_at)
    where state in ('submitted', 'awaiting_dispatch', 'dispatched', 'in_progress', 'resolved', 'awaiting_rating');
create index work_order_estate on work_order (district, estate, submitted_at desc, id desc);
create index work_order_holder on work_order (district, holder, submitted_at desc, id desc);
create index work_order_reporter on work_order (reporter, submitted_at desc) where reporter is not null;
-- What was finished in a period; an open order is not in it, so filing one costs nothing more.
create index work_order_closed on work_order (district, closed_at) where closed_at is not null;
create index work_order_rating_end on work_order (due_at) where state = 'awaiting_rating';

-- Personal words live in a row of their own, so that they can be erased.
create table work_order_words (
    district int    not null,
    order_id bigint not null,
    title    text   not null,
    words    text   not null,
    place    text   not null default '',
    caller_name_cipher  bytea,   -- filed for someone without an account
    caller_phone_cipher bytea,
    grams    text[] not null default '{}',
    primary key (district, order_id),
    foreign key (district, order_id) references work_order (district, id)
);
create index work_order_words_grams on work_order_words using gin (grams);

-- History: appended, never changed. seq is the order's version that the step made.
create table work_order_step (
    district   int         not null,
    order_id   bigint      not null,
    seq        int         not null,
    at         timestamptz not null,
    verb       text        not null,
    from_state text,
    to_state   text        not null,
    actor      bigint,               -- account; null when the clock did it
    actor_as   text        not null, -- reporter, community, street, holder, helper, system …
    body       bigint,               -- the body it concerns or acts for
    assist     bigint,
    due_at     timestamptz,
    detail     jsonb       not null default '{}',
    primary key (district, order_id, seq),
    foreign key (district, order_id) references work_order (district, id)
);
-- What somebody wrote at a step; erasable.
create table work_order_remark (
    district int    not null,
    order_id bigint not null,
    seq      int    not null,
    words    text   not null,
    primary key (district, order_id, seq),
    foreign key (district, order_id, seq) references work_order_step (district, order_id, seq)
);

create sequence assist_seq increment by 100;
create table assist_task (
    district    int         not null,
    id          bigint      not null,
    order_id    bigint      not null,
    body        bigint      not null,
    what        text        not null,
    state       text        not null check (state in ('asked', 'accepted', 'declined', 'done', 'cancelled')),
    asked_by    bigint      not null,
    asked_at    timestamptz not null,
    due_at      timestamptz not null,
    answered_at timestamptz,
    done_at     timestamptz,
    result      text,
    primary key (district, id),
    foreign key (district, order_id) references work_order (district, id),
    check (state <> 'done' or result is not null)
);
create index assist_task_order on assist_task (district, order_id);
create index assist_task_body on assist_task (body, state, due_at);
create unique index assist_task_open on assist_task (district, order_id, body) where state in ('asked', 'accepted');

-- 我也遇到了
create table me_too (
    district int         not null,
    order_id bigint      not null,
    account  bigint      not null,
    building bigint,
    at       timestamptz not null,
    primary key (district, order_id, account),
    foreign key (district, order_id) references work_order (district, id)
);
create index me_too_account on me_too (account);

-- A rating: three facts, of one round of one order, by one reporter.
create table work_order_rating (
    district  int         not null,
    order_id  bigint      not null,
    account   bigint      not null,
    round     int         not null,
    solved    boolean     not null,
    satisfied int         not null check (satisfied between 1 and 5),
    words     text        not null default '',
    at        timestamptz not null,
    primary key (district, order_id, account, round),
    foreign key (district, order_id) references work_order (district, id)
);
