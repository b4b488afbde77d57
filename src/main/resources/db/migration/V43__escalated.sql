-- What has gone up the line is few among the clocks that run: the inbox of each level and the filter of the list start there.
create index order_clock_up on order_clock (level, district, order_id) where level is not null;
