-- The three rates have one definition, that of cases in parts, and are kept by month beside the other counts. See decision 42.

-- How each order counts in the three rates, as one number: 4 bits the part of the response rate; then for resolution and for satisfaction
-- 28 bits each: 4 bits the part outside (0: none), 12 bits how many ratings are good (or how many cases stand outside), 12 bits how many poor.
-- Parts: 1 in_time, 2 missed, 3 solved, 4 unsolved, 5 satisfied, 6 not_satisfied, 7 not_yet, 8 unrated, 9 rejected, 10 answered, 11 transferred,
-- 12 referred, 13 merged, 14 withdrawn, 15 left_out.
alter table order_fact
    add column parts bigint not null default 0;

-- What went to the archive of past years is not counted anew from orders: it keeps what was known of it, the last rating of each order.
update order_fact f
set facts = f.facts & 7,
    parts = case when f.facts & 16 <> 0 then 1 when f.facts & 8 <> 0 then 2 else e.part end
        | (case when f.facts & 32 = 0 then e.rated | (1 << 4) when f.facts & 64 <> 0 then 1 << 4 else cast(1 as bigint) << 16 end << 4)
        | (case when f.facts & 32 = 0 then e.rated | (1 << 4) when f.facts & 128 <> 0 then 1 << 4 else cast(1 as bigint) << 16 end << 32)
from (select o.district, o.id,
             cast(case o.state when 'rejected' then 9 when 'answered' then 10 when 'transferred' then 11 when 'merged' then 13
                               when 'withdrawn' then 14 else 7 end as bigint) as part,
             cast(case o.state when 'rejected' then 9 when 'answered' then 10 when 'transferred' then 11 when 'merged' then 13
                               when 'withdrawn' then 14 when 'closed_unrated' then 8 else 7 end as bigint) as rated
      from archive.work_order o) e
where e.district = f.district and e.id = f.order_id;

-- All counts are made anew when the application starts. A holder's counts at an estate stand below the community, so that an area's holders
-- are found; and an estate that moves to another community has rows of both.
truncate order_count;
delete from order_count_state;
alter table order_count
    drop column contact_counted,
    drop column contacted,
    drop column rated,
    drop column solved,
    drop column satisfied,
    drop column unrated,
    drop column not_handled,
    add column response_in_time           int not null default 0,
    add column response_missed            int not null default 0,
    add column response_not_yet           int not null default 0,
    add column response_rejected          int not null default 0,
    add column response_answered          int not null default 0,
    add column response_transferred       int not null default 0,
    add column response_referred          int not null default 0,
    add column response_merged            int not null default 0,
    add column response_withdrawn         int not null default 0,
    add column response_left_out          int not null default 0,
    add column resolution_solved          int not null default 0,
    add column resolution_unsolved        int not null default 0,
    add column resolution_not_yet         int not null default 0,
    add column resolution_unrated         int not null default 0,
    add column resolution_rejected        int not null default 0,
    add column resolution_answered        int not null default 0,
    add column resolution_transferred     int not null default 0,
    add column resolution_referred        int not null default 0,
    add column resolution_merged          int not null default 0,
    add column resolution_withdrawn       int not null default 0,
    add column resolution_left_out        int not null default 0,
    add column satisfaction_satisfied     int not null default 0,
    add column satisfaction_not_satisfied int not null default 0,
    add column satisfaction_not_yet       int not null default 0,
    add column satisfaction_unrated       int not null default 0,
    add column satisfaction_rejected      int not null default 0,
    add column satisfaction_answered      int not null default 0,
    add column satisfaction_transferred   int not null default 0,
    add column satisfaction_referred      int not null default 0,
    add column satisfaction_merged        int not null default 0,
    add column satisfaction_withdrawn     int not null default 0,
    add column satisfaction_left_out      int not null default 0,
    alter column above set default '',
    alter column above set not null,
    drop constraint order_count_pkey,
    add primary key (district, scope, topic, month, above);
