-- The answer to a leader's mark has a clock as well: the one of several that falls due first.
alter table order_clock
    drop constraint order_clock_part_check,
    add constraint order_clock_part_check check (
        part in ('intake', 'work', 'check', 'rating', 'decision', 'supervision', 'mark'));
alter table escalation_rule
    drop constraint escalation_rule_clock_check,
    add constraint escalation_rule_clock_check check (
        clock in ('accept', 'take', 'contact', 'resolve', 'verify', 'rate', 'decide', 'transfer', 'supervise', 'mark'));
