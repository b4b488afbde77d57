-- An estate that came under another community leaves its orders where they were filed. Whoever dispatches one of them, or looks for it,
-- goes by the community of the order, not by that of today.
create function default_holder(estate_id bigint, of_community text, on_day date) returns bigint
    language sql stable as
$$
select coalesce(
        (select c.company from contract c where c.estate = estate_id and c.during @> on_day),
        (select b.id
         from body b
         where b.area = of_community and b.kind = 'backstop_team' and b.since <= on_day and (b.until is null or b.until > on_day)))
$$;
comment on function default_holder(bigint, text, date) is '某社区受理的小区工单，默认由谁办：有物业合同的归物业，没有的归受理社区的兜底服务队';

-- The estates that left a community, by the community they left.
create index estate_change_left on estate_change ((detail -> 'community' ->> 0)) where verb = 'moved';

-- Open orders of an estate that left can be handed on in one go.
alter table order_bulk drop constraint order_bulk_act_check;
alter table order_bulk add constraint order_bulk_act_check check (act in ('accept', 'dispatch', 'take', 'assign', 'urge', 'hand_on'));
