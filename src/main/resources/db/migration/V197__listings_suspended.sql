-- A court or whoever reviews a listing can order that it has no effect meanwhile (停止执行): it is on no list then, and nobody is handed it.
alter table listing
    add column suspended boolean not null default false,
    add constraint listing_suspended check (not suspended or state in ('listed', 'repair_applied', 'repair_verified') and appeal <> 'none');

-- The company is reminded before its one objection lapses.
alter table listing_reminder
    drop constraint listing_reminder_kind_check,
    add constraint listing_reminder_kind_check
        check (kind in ('near', 'late', 'answer_near', 'answer_late', 'repair_open', 'ending', 'object_near'));
