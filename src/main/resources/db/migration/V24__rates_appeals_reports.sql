-- The three rates: who may ask that an order is left out of one or counted after all, groups of comparable size, and monthly
-- reports that are sealed.

-- Why an order may be left out of a rate, or back in: data with its basis.
create table rate_appeal_reason (
    code     text primary key,
    kind     text not null check (kind in ('leave_out', 'count_in')),
    words    text not null,
    hint     text not null,
    evidence boolean not null default false, -- a photo or a document has to be there
    basis    text not null,
    position int  not null,
    active   boolean not null default true
);
insert into rate_appeal_reason (code, kind, words, hint, evidence, basis, position) values
    ('not_ours', 'leave_out', '责任不在', '不归这家单位、这个社区管的事，比如户内自用设施。', true, '默认模板：不满意工单申诉剔除，多地 12345 考核办法有此项，示例', 10),
    ('beyond', 'leave_out', '客观原因', '停水停电、恶劣天气、等市政施工，谁来都一样。', true, '默认模板：不满意工单申诉剔除，多地 12345 考核办法有此项，示例', 20),
    ('repeated', 'leave_out', '重复', '同一件事点了几次，已经按另一张单办。', false, '默认模板：不满意工单申诉剔除，多地 12345 考核办法有此项，示例', 30),
    ('malicious', 'leave_out', '恶意点单', '有据可查的捏造、报复。要附证据，点单人会知道并能要求复核。', true, '默认模板：不满意工单申诉剔除，多地 12345 考核办法有此项，示例', 40),
    ('unreachable', 'leave_out', '联系不上', '按登记的方式联系过多次，都没有接通。', true, '默认模板：不满意工单申诉剔除，多地 12345 考核办法有此项，示例', 50),
    ('should_count', 'count_in', '该办没办', '该受理的没受理，或者该办的只答复、只移交。', false, '和美：每一项不计都能申诉', 110),
    ('no_duplicate', 'count_in', '不是重复', '和合并到的那张不是同一件事。', false, '和美：每一项不计都能申诉', 120);

-- 申诉: one order, one or more of its rates. Decided by the street, looked at once more by the district.
create sequence rate_appeal_seq increment by 100;
create table rate_appeal (
    district    int         not null,
    id          bigint      not null,
    version     int         not null default 0,
    order_id    bigint      not null,
    community   text collate "C" not null,
    estate      bigint      not null,
    holder      bigint,
    kind        text        not null check (kind in ('leave_out', 'count_in')),
    rates       text[]      not null check (cardinality(rates) > 0 and rates <@ array['response', 'resolution', 'satisfaction']),
    reason      text        not null references rate_appeal_reason (code),
    side        text        not null check (side in ('holder', 'community', 'reporter')),
    filed_by    bigint      not null references account (id),
    filed_at    timestamptz not null,
    state       text        not null check (state in ('filed', 'decided', 'second', 'final', 'withdrawn')),
    due_at      timestamptz,  -- until when somebody has to decide; after a first decision, until when a second look can be asked for
    upheld      boolean,      -- what holds now
    decided_by  bigint references account (id),
    decided_at  timestamptz,
    second_side text check (second_side in ('holder', 'community', 'reporter')),
    second_by   bigint references account (id),
    primary key (district, id),
    foreign key (district, order_id) references work_order (district, id),
    check ((upheld is null) = (decided_at is null)),
    check ((decided_by is null) = (decided_at is null)),
    check (state not in ('decided', 'second', 'final') or upheld is not null),
    check ((second_side is null) = (second_by is null)),
    check (decided_by <> filed_by)
);
-- one at a time for an order, in either direction
create unique index rate_appeal_running on rate_appeal (district, order_id) where state in ('filed', 'second');
create index rate_appeal_order on rate_appeal (district, order_id);
create index rate_appeal_waiting on rate_appeal (community collate "C", due_at) where state in ('filed', 'second');
create index rate_appeal_place on rate_appeal (community collate "C", filed_at desc);
create index rate_appeal_holder on rate_appeal (holder, filed_at desc) where holder is not null;
create index rate_appeal_by on rate_appeal (filed_by);

create table rate_appeal_step (
    district int         not null,
    appeal   bigint      not null,
    seq      int         not null,
    at       timestamptz not null,
    verb     text        not null,
    actor    bigint      not null references account (id),
    actor_as text        not null,
    primary key (district, appeal, seq),
    foreign key (district, appeal) references rate_appeal (district, id)
);
-- What somebody wrote at a step; erasable.
create table rate_appeal_remark (
    district int    not null,
    appeal   bigint not null,
    seq      int    not null,
    words    text   not null,
    primary key (district, appeal, seq),
    foreign key (district, appeal, seq) references rate_appeal_step (district, appeal, seq)
);

-- What the decisions come to: whether an order counts in a rate against the rule of its state. Rewritten from the appeals at each decision.
create table rate_ruling (
    district int         not null,
    order_id bigint      not null,
    rate     text        not null check (rate in ('response', 'resolution', 'satisfaction')),
    counts   boolean     not null,
    appeal   bigint      not null,
    at       timestamptz not null,
    primary key (district, order_id, rate),
    foreign key (district, order_id) references work_order (district, id),
    foreign key (district, appeal) references rate_appeal (district, id)
);

-- Who is compared with whom: of like size and kind. Households of an estate, or of all that a company, community or street has.
create table rate_group (
    code     text primary key,
    what     text not null check (what in ('project', 'company', 'community', 'street')),
    name     text not null,
    least    int  not null default 0 check (least >= 0),
    below    int  check (below > least),
    kinds    text[] not null default '{}',   -- of the estate; empty: any
    position int  not null,
    basis    text not null,
    valid    daterange not null check (not isempty(valid))
);
insert into rate_group (code, what, name, least, below, kinds, position, basis, valid)
select code, what, name, least, below, kinds, position, '默认模板：同类同规模才放在一起看', daterange('2020-01-01', null)
from (values ('project-none', 'project', '三无小区', 0, null::int, array['三无'], 10),
             ('project-old', 'project', '老旧小区', 0, null, array['老旧'], 20),
             ('project-s', 'project', '商品房等小区，500 户以下', 0, 500, array[]::text[], 30),
             ('project-m', 'project', '商品房等小区，500—1499 户', 500, 1500, array[]::text[], 40),
             ('project-l', 'project', '商品房等小区，1500 户以上', 1500, null, array[]::text[], 50),
             ('company-s', 'company', '管 2000 户以下的企业', 0, 2000, array[]::text[], 10),
             ('company-m', 'company', '管 2000—9999 户的企业', 2000, 10000, array[]::text[], 20),
             ('company-l', 'company', '管 10000 户以上的企业', 10000, null, array[]::text[], 30),
             ('community-s', 'community', '2000 户以下的社区', 0, 2000, array[]::text[], 10),
             ('community-m', 'community', '2000—4999 户的社区', 2000, 5000, array[]::text[], 20),
             ('community-l', 'community', '5000 户以上的社区', 5000, null, array[]::text[], 30),
             ('street-s', 'street', '20000 户以下的街道、乡镇', 0, 20000, array[]::text[], 10),
             ('street-l', 'street', '20000 户以上的街道、乡镇', 20000, null, array[]::text[], 20))
         as g (code, what, name, least, below, kinds, position);

-- 月报: a closed month of one city, district, street or company as it was known on the day it was made. Never changed: a correction
-- is another version. The text is what was sealed, its digests stand in the audit log as well.
create table rate_report (
    id          bigint generated by default as identity primary key,
    number      text        not null unique,
    level       text        not null check (level in ('city', 'district', 'street', 'company')),
    area        text collate "C" not null references area (code), -- where it belongs; a company's: where it is registered
    company     bigint references company (body),
    name        text        not null,
    month       date        not null check (extract(day from month) = 1),
    version     int         not null check (version >= 1),
    content     text        not null,
    sha256      text        not null check (length(sha256) = 64),
    sm3         text        not null check (length(sm3) = 64),
    produced_at timestamptz not null,
    produced_by bigint references account (id), -- null: the clock did it
    reason      text,                           -- why another version
    check ((level = 'company') = (company is not null)),
    check ((version = 1) = (reason is null)),
    check ((version = 1) = (produced_by is null))
);
create unique index rate_report_area on rate_report (area, month, version) where company is null;
create unique index rate_report_company on rate_report (company, month, version) where company is not null;
create index rate_report_month on rate_report (month, level, area);
