-- An objection whose withdrawal on paper was entered wrongly waits for its answer again (decision 82).
alter table evaluation_objection
    add column withdrawn_on date,
    add column restored_by  bigint references account (id),
    add column restored_at  timestamptz,
    add column restored_why text not null default '' check (length(restored_why) <= 200),
    add check (withdrawn_on is null or state = 'withdrawn'),
    add check ((restored_by is null) = (restored_at is null) and (restored_by is null) = (restored_why = ''));
update evaluation_objection o set withdrawn_on = (e.detail ->> 'on')::date
from audit_entry e
where o.state = 'withdrawn' and e.action = 'evaluation_objection.take_back' and e.subject_kind = 'evaluation_objection'
  and e.subject_id = o.id::text and e.detail ->> 'on' ~ '^\d{4}-\d\d-\d\d$';
comment on column evaluation_objection.withdrawn_on is '书面撤回收到的日子；企业自己撤回的空着';
comment on column evaluation_objection.restored_why is '书面撤回录错了、恢复等答复的，为什么';
