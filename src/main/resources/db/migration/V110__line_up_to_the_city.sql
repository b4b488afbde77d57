-- The line goes up to the city from every step that somebody on duty owes: what nobody accepts, takes or verifies does not end at a street
-- or a district. What a place has ever set for a clock and a level stays as it set it; orders that run keep their plan.
insert into escalation_rule (clock, urgency, moment, amount, measure, level, basis, valid)
select n.clock, n.urgency, 'after', n.amount, n.measure, n.level, '默认：' || n.words, 
       daterange(cast(now() at time zone 'Asia/Shanghai' as date), null)
from (values
    ('accept', 'urgent', 24, 'hour', 'city', '超时 24 小时报市里'),
    ('accept', 'utility', 72, 'hour', 'city', '超时 72 小时报市里'),
    ('accept', 'ordinary', 3, 'working_day', 'city', '超时 3 个工作日报市里'),
    ('accept', 'complex', 3, 'working_day', 'city', '超时 3 个工作日报市里'),
    ('take', 'urgent', 4, 'hour', 'district', '超时 4 小时报区里'),
    ('take', 'urgent', 24, 'hour', 'city', '超时 24 小时报市里'),
    ('take', 'utility', 24, 'hour', 'district', '超时 24 小时报区里'),
    ('take', 'utility', 72, 'hour', 'city', '超时 72 小时报市里'),
    ('take', 'ordinary', 3, 'working_day', 'district', '超时 3 个工作日报区里'),
    ('take', 'ordinary', 5, 'working_day', 'city', '超时 5 个工作日报市里'),
    ('take', 'complex', 3, 'working_day', 'district', '超时 3 个工作日报区里'),
    ('take', 'complex', 5, 'working_day', 'city', '超时 5 个工作日报市里'),
    ('verify', null, 5, 'working_day', 'city', '超时 5 个工作日报市里')
) n (clock, urgency, amount, measure, level, words)
where exists (select from escalation_rule e where e.clock = n.clock and e.set_by is null and upper_inf(e.valid))
  and not exists (select from escalation_rule e where e.clock = n.clock and e.level = n.level and e.urgency is not distinct from n.urgency);
