-- Counts of orders, kept up to date from the event log by one follower, so that a page over ten million orders reads some
-- hundred rows. Everything here can be made anew from the orders: ./hemei rebuild-rollups.

-- What each order adds to the counts now. The difference to what it added before goes into the counts.
create table order_fact (
    district  int    not null,
    order_id  bigint not null,
    community text collate "C" not null,
    estate    bigint not null,
    topic     text   not null,     -- branch of the category tree, as it was when counted
    holder    bigint,
    filed     date   not null,     -- civil days
    closed    date,
    facts     int    not null,     -- one bit for each fact that holds
    turns_at  timestamptz,         -- when a deadline or an age passes: it is looked at again then, though nothing happens
    primary key (district, order_id)
);
create index order_fact_turns on order_fact (turns_at) where turns_at is not null;

-- By month: all but done by the month of filing, done by the month of closing. A row lies in one district; a wider area and a
-- holder are the sums over districts.
create table order_count (
    district        int  not null,
    scope           text collate "C" not null,  -- an area's code; e12 an estate, h7 a holder, h7e12 a holder at an estate
    above           text collate "C",           -- the area or holder that the scope belongs to
    topic           text not null default '',   -- '': all
    month           date not null,
    filed           int  not null default 0,
    open            int  not null default 0,
    overdue         int  not null default 0,
    reopened        int  not null default 0,
    age_1           int  not null default 0,    -- of those open, by days since filing: under 1, 3, 7, 15, 30, more
    age_3           int  not null default 0,
    age_7           int  not null default 0,
    age_15          int  not null default 0,
    age_30          int  not null default 0,
    age_more        int  not null default 0,
    done            int  not null default 0,
    contact_counted int  not null default 0,
    contacted       int  not null default 0,
    rated           int  not null default 0,
    solved          int  not null default 0,
    satisfied       int  not null default 0,
    unrated         int  not null default 0,
    not_handled     int  not null default 0,
    primary key (district, scope, topic, month)
);
create index order_count_scope on order_count (scope, month) where topic = '';
create index order_count_topic on order_count (scope, month) where topic <> '';
create index order_count_above on order_count (above, month) where topic = '';

-- By day, for the last months only.
create table order_day (
    district int  not null,
    scope    text collate "C" not null,
    day      date not null,
    filed    int  not null default 0,
    done     int  not null default 0,
    primary key (district, scope, day)
);
create index order_day_scope on order_day (scope, day);

-- One row as soon as all orders were counted once.
create table order_count_state (
    one      boolean primary key default true check (one),
    built_at timestamptz not null
);

-- Where an estate lies, in millionths of a degree; null where nobody knows. 示例: made up with the demo city.
alter table estate
    add column longitude int check (longitude between 73000000 and 136000000),
    add column latitude  int check (latitude between 3000000 and 54000000),
    add column located   text check (located in ('given', 'sample')),
    add check ((longitude is null) = (latitude is null) and (longitude is null) = (located is null));
