-- A message about an order says its title: it has to be found again when the words of the order are erased, also where it leads elsewhere
-- because its reader may not open the order any more.
alter table notice add column order_id bigint;
update notice set order_id = cast(substring(link from '^/orders/[0-9]+-([0-9]{1,18})$') as bigint) where link like '/orders/%';
-- the moment of the step is that of the message
update notice n set order_id = s.order_id
from (select district, order_id, at from work_order_step union all select district, order_id, at from archive_years.work_order_step) s
where n.order_id is null and n.link in ('/todo', '/transfers?state=all') and s.district = n.district and s.at = n.at;
create index notice_order on notice (district, order_id) where order_id is not null;
