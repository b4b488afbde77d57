-- Open orders of a district by when they are due: a list for a whole city by time left takes the first of each district, instead of
-- reading everything that is open. The states are those in which somebody on duty owes a step (OrderState.OWED_SQL).
create index work_order_due on work_order (district, due_at, id)
    where due_at is not null
      and state in ('submitted', 'awaiting_dispatch', 'dispatched', 'return_requested', 'in_progress', 'extension_requested',
                    'suspension_requested', 'suspended', 'transfer_offered', 'resolved');
