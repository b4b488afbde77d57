-- What falls due first of an order: the first contact while it is owed, else the step the order stands at. Lists are sorted by it, and
-- what is late is counted by it, so it is kept with the order; the states are those in which a holder works (OrderState.inHand) and its
-- clock runs.
alter table work_order add column falls_due timestamptz generated always as (
    case when state in ('in_progress', 'extension_requested', 'suspension_requested') and not nobody
              and (contacted_at is null or contact_denied)
         then least(contact_due, due_at) else due_at end) stored;

drop index work_order_due;
create index work_order_due on work_order (district, falls_due, id)
    where falls_due is not null
      and state in ('submitted', 'awaiting_dispatch', 'dispatched', 'return_requested', 'in_progress', 'extension_requested',
                    'suspension_requested', 'suspended', 'transfer_offered', 'resolved');
