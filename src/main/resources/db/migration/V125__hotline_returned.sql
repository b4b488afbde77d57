-- 退回热线: a matter that is not ours goes back with a reason, until somebody takes that back. What still waits is few among many:
-- it has an index of its own, for every page of a desk counts it.
alter table hotline_case
    add column waits           boolean not null default true,
    add column returned_at     timestamptz,
    add column returned_reason text check (length(returned_reason) between 1 and 500),
    add column returned_by     bigint references account (id),
    add column recalled_at     timestamptz,
    add check ((returned_at is null) = (returned_reason is null)),
    add check (returned_at is null or not waits);
comment on column hotline_case.waits is '还没转成工单，也没退回热线';
comment on column hotline_case.returned_reason is '退回热线的理由，报回热线平台';
update hotline_case c set waits = false where exists (select from hotline_order o where o.hotline_case = c.id);
create index hotline_case_waiting on hotline_case (area, id) where waits;
create index hotline_case_returned on hotline_case (id) where returned_at is not null;

-- Who called and what they said goes from the matter itself some time after its order, or after it went back.
alter table retention_rule drop constraint retention_rule_kind_check;
alter table retention_rule add constraint retention_rule_kind_check
    check (kind in ('order_archive', 'caller', 'order_words', 'hotline_words', 'evaluation_files', 'listing_files'));
insert into retention_rule (kind, months, basis, valid) values
    ('hotline_words', 24, '《个人信息保护法》第十九条；默认：转成的工单办结、或退回热线两年后，只留热线工单号和去向', daterange('2020-01-01', null));
