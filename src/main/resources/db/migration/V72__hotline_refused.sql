-- Why a matter of the hotline that seemed ready could not be made an order: it waits for somebody to look, and holds up no other.
alter table hotline_case add column refused text;
comment on column hotline_case.refused is '没转成工单的原因，等人工看';
