-- Whoever offered an order elsewhere can take it back while nobody took it there.
alter table order_transfer
    drop constraint order_transfer_state_check,
    add constraint order_transfer_state_check check (state in ('offered', 'taken', 'declined', 'recalled', 'ended'));
