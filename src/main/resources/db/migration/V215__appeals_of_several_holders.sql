-- One appeal at a time for an order and whoever held it: what one holder's case comes to says nothing about another's (decision 81).
drop index rate_appeal_running;
create unique index rate_appeal_running on rate_appeal (district, order_id, (coalesce(holder, 0))) where state in ('filed', 'second');
