-- A listing that stays suspended is not forgotten: its bureau is reminded every thirty days.
alter table listing_reminder
    drop constraint listing_reminder_kind_check,
    add constraint listing_reminder_kind_check
        check (kind in ('near', 'late', 'answer_near', 'answer_late', 'repair_open', 'ending', 'object_near', 'suspended'));
