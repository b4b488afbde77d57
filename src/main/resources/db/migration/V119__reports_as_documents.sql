-- A published report can be what rules rest on: the article that the mechanism is known from is one.
alter table policy drop constraint policy_kind_check;
alter table policy add constraint policy_kind_check
    check (kind in ('law', 'overall_plan', 'one_plus_eight', 'action_plan', 'measure', 'notice', 'practice', 'report'));
