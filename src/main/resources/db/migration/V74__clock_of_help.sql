-- Help that was asked for has a clock: of several parts that are open, the one that falls due first.
alter table order_clock
    drop constraint order_clock_part_check,
    add constraint order_clock_part_check check (
        part in ('intake', 'work', 'check', 'rating', 'decision', 'supervision', 'mark', 'help'));
alter table escalation_rule
    drop constraint escalation_rule_clock_check,
    add constraint escalation_rule_clock_check check (
        clock in ('accept', 'take', 'contact', 'resolve', 'verify', 'rate', 'decide', 'transfer', 'supervise', 'mark', 'help'));
