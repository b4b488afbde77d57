-- What is taken away asks who still points to it: a body that held an order before is not forgotten (see V186).
comment on table held_before is '先前处理单位的首次联系';
comment on column held_before.holder is '→ body';
comment on table order_dispute is '退单';
comment on column order_dispute.holder is '→ body';
comment on column rate_appeal.holder is '→ body';

-- V186 carried the miss of a holder whose order waited for another. One that was answered, merged or ended otherwise after its return was granted has it as well,
-- and loses it when it is opened again. Only where the step says that this very end was missed it is known whose it was.
with missed as (
    select o.district, o.id, o.contact_due, o.contacted_at, o.contact_denied, s.body as holder
    from work_order o
             join lateral (select t.body, t.detail from work_order_step t
                           where t.district = o.district and t.order_id = o.id and t.verb in ('grant_return', 'dispatch', 'rule', 'take')
                           order by t.seq desc limit 1) s on true
    where o.holder is null and o.contact_due is not null and s.body is not null
      and cast(s.detail ->> 'missed_contact' as timestamptz) = o.contact_due),
kept as (
    insert into held_before (district, order_id, holder, contact_due, contacted_at, contact_denied)
    select district, id, holder, contact_due, contacted_at, contact_denied from missed
    on conflict do nothing
    returning district, order_id),
counted as (
    update order_fact f set turns_at = '2000-01-01' from kept k where f.district = k.district and f.order_id = k.order_id)
update work_order o set contact_due = null, contacted_at = null, contact_denied = false
from kept k where o.district = k.district and o.id = k.order_id;
