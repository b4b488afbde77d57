-- A first contact belongs to whoever held the order when its time ran out or when it was made (decision 81): kept with that holder when the order goes on to
-- another, and taken back from here when the same holder is named again.
create table held_before (
    district       int         not null,
    order_id       bigint      not null,
    holder         bigint      not null,
    contact_due    timestamptz not null,
    contacted_at   timestamptz,
    contact_denied boolean     not null,
    counts         boolean,    -- what an appeal about it came to; null: the rule holds
    appeal         bigint,
    primary key (district, order_id, holder),
    foreign key (district, order_id) references work_order (district, id),
    foreign key (district, appeal) references rate_appeal (district, id),
    check ((counts is null) = (appeal is null))
);
create index held_before_holder on held_before (holder);

-- What each of them adds to the counts stands beside the order's own row: its number of the response rate, and nothing else.
alter table order_fact
    add column former bigint not null default 0, -- 0: the order itself; else who held it before
    drop constraint order_fact_pkey,
    add primary key (district, order_id, former);

-- Orders that wait for another holder carried the miss of the last one themselves.
with missed as (
    select o.district, o.id, o.contact_due, o.contacted_at, o.contact_denied,
           (select s.body from work_order_step s
            where s.district = o.district and s.order_id = o.id and s.verb = 'grant_return' and jsonb_exists(s.detail, 'missed_contact')
            order by s.seq desc limit 1) as holder
    from work_order o
    where o.holder is null and o.contact_due is not null
      and o.state in ('awaiting_dispatch', 'transfer_offered')),
kept as (
    insert into held_before (district, order_id, holder, contact_due, contacted_at, contact_denied)
    select district, id, holder, contact_due, contacted_at, contact_denied from missed where holder is not null
    returning district, order_id),
counted as (
    update order_fact f set turns_at = '2000-01-01' from kept k where f.district = k.district and f.order_id = k.order_id)
update work_order o set contact_due = null, contacted_at = null, contact_denied = false
from kept k where o.district = k.district and o.id = k.order_id;
