-- 电话回访: whoever phoned or came has no account; what they say of the result is written down by whoever asked them.
alter table work_order_rating add column asked boolean not null default false;
comment on column work_order_rating.asked is '电话回访：来电（访）人说的，account 是打电话问的人';
