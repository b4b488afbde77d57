-- The hotline sends a matter again after its order has ended (重办): it waits to be an order once more, and what it was before stays known.
create table hotline_order_before (
    hotline_case bigint      not null references hotline_case (id),
    district     int         not null,
    order_id     bigint      not null,
    filed_at     timestamptz not null,
    primary key (hotline_case, district, order_id)
);
create index hotline_order_before_order on hotline_order_before (district, order_id);
comment on table hotline_order_before is '热线重办以前转成的工单';
