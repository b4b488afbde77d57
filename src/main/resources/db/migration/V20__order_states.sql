-- The remaining states of an order: a disputed dispatch, time asked for, a clock that stands still, and the way out to another room or
-- authority. All but the last are open: somebody owes something.
alter table work_order drop constraint work_order_state_check;
alter table work_order add constraint work_order_state_check check (state in (
    'submitted', 'awaiting_dispatch', 'dispatched', 'return_requested', 'in_progress', 'extension_requested', 'suspension_requested',
    'suspended', 'resolved', 'awaiting_rating', 'transfer_offered',
    'closed', 'closed_unrated', 'rejected', 'answered', 'merged', 'withdrawn', 'transferred'));
alter table work_order add constraint work_order_holder_check check (
    state not in ('return_requested', 'extension_requested', 'suspension_requested', 'suspended') or holder is not null);
drop index work_order_open;
create index work_order_open on work_order (district, community collate "C", state, due_at)
    where state in ('submitted', 'awaiting_dispatch', 'dispatched', 'return_requested', 'in_progress', 'extension_requested',
                    'suspension_requested', 'suspended', 'resolved', 'awaiting_rating', 'transfer_offered');
