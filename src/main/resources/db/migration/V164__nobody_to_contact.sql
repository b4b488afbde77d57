-- Whether there is nobody to contact: no account and no phone that was left, as with what a patrol found. Kept on the order, for
-- who called is erased before it. No first contact is owed of such an order, and it stands beside the response rate.
alter table work_order add column nobody boolean not null default false;

-- Of orders that have ended it is not known any more whether a phone was left: they stay as they were counted.
update work_order o set nobody = true, contact_due = null
from work_order_words w
where w.district = o.district and w.order_id = o.id and o.reporter is null and w.caller_phone_cipher is null
  and o.state in ('submitted', 'awaiting_dispatch', 'dispatched', 'return_requested', 'in_progress', 'extension_requested',
                  'suspension_requested', 'suspended', 'resolved', 'awaiting_rating', 'transfer_offered');

-- All counts are made anew when the application starts.
alter table order_count add column response_nobody int not null default 0;
delete from order_count_state;
