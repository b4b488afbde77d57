-- What waits for a company is asked on each of its pages. Of ten million orders a company has held more than a hundred thousand
-- and holds a few hundred: the index of all it ever held made the question a hundred times as slow.
create index work_order_held on work_order (holder, estate)
    where holder is not null
      and state in ('dispatched', 'return_requested', 'in_progress', 'extension_requested', 'suspension_requested', 'suspended',
                    'transfer_offered', 'resolved');
