-- What other communities offered can be taken many at once.
alter table order_bulk drop constraint order_bulk_act_check;
alter table order_bulk add constraint order_bulk_act_check
    check (act in ('accept', 'dispatch', 'take', 'assign', 'urge', 'hand_on', 'take_transfer'));
