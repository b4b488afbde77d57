-- Taking many at once as well.
alter table order_bulk drop constraint order_bulk_act_check;
alter table order_bulk add constraint order_bulk_act_check check (act in ('accept', 'dispatch', 'take', 'assign', 'urge'));
