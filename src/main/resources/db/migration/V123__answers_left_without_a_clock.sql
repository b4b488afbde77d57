-- The clock of a written answer was passed over while its order waited for a rating, and not looked at again when it was opened again.
-- Where the answer is still owed and the clock has steps ahead it is taken away: the answer gets a new one like any that is owed
-- without (of what lies behind only the last step up the line happens, once).
delete from order_clock c using work_order o
where o.district = c.district and o.id = c.order_id
  and c.part in ('supervision', 'mark') and c.next_at is null
  and o.state in ('submitted', 'awaiting_dispatch', 'dispatched', 'return_requested', 'in_progress', 'extension_requested',
                  'suspension_requested', 'suspended', 'transfer_offered', 'resolved')
  and exists (select from jsonb_array_elements(c.plan) p
              where p ->> 'fired' is null and not cast(p ->> 'warning' as boolean));
