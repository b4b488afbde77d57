-- An answer that others owe has a clock too: to an order that is offered, and to 督办.
alter table order_clock
    drop constraint order_clock_part_check,
    add constraint order_clock_part_check check (
        part in ('intake', 'work', 'check', 'rating', 'decision', 'supervision'));
alter table escalation_rule
    drop constraint escalation_rule_clock_check,
    add constraint escalation_rule_clock_check check (
        clock in ('accept', 'take', 'contact', 'resolve', 'verify', 'rate', 'decide', 'transfer', 'supervise'));
-- Where the steps that came with the application run, a first contact and a decision that stay away go on up the line as well. What a
-- place has ever set for a clock and a level stays as it set it.
insert into escalation_rule (clock, urgency, moment, amount, measure, level, basis, valid)
select n.clock, n.urgency, 'after', n.amount, n.measure, n.level, n.basis,
       daterange(cast(now() at time zone 'Asia/Shanghai' as date), null)
from (values ('contact', 'urgent', 1, 'hour', 'street', '默认：超时 1 小时报街道'),
             ('contact', 'urgent', 4, 'hour', 'district', '默认：超时 4 小时报区里'),
             ('contact', 'urgent', 24, 'hour', 'city', '默认：超时 24 小时报市里'),
             ('contact', 'utility', 4, 'hour', 'street', '默认：超时 4 小时报街道'),
             ('contact', 'utility', 24, 'hour', 'district', '默认：超时 24 小时报区里'),
             ('contact', 'utility', 72, 'hour', 'city', '默认：超时 72 小时报市里'),
             ('contact', 'ordinary', 1, 'working_day', 'street', '默认：超时 1 个工作日报街道'),
             ('contact', 'ordinary', 3, 'working_day', 'district', '默认：超时 3 个工作日报区里'),
             ('contact', 'ordinary', 5, 'working_day', 'city', '默认：超时 5 个工作日报市里'),
             ('contact', 'complex', 1, 'working_day', 'street', '默认：超时 1 个工作日报街道'),
             ('contact', 'complex', 3, 'working_day', 'district', '默认：超时 3 个工作日报区里'),
             ('contact', 'complex', 5, 'working_day', 'city', '默认：超时 5 个工作日报市里'),
             ('decide', null, 1, 'working_day', 'district', '默认：超时 1 个工作日报区里'),
             ('decide', null, 3, 'working_day', 'city', '默认：超时 3 个工作日报市里'))
         as n (clock, urgency, amount, measure, level, basis)
where exists (select from escalation_rule e where e.clock = n.clock and e.set_by is null and upper_inf(e.valid))
  and not exists (select from escalation_rule e where e.clock = n.clock and e.level = n.level);
