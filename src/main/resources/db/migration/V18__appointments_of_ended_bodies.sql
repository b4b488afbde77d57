-- A post that was to begin after its body ended, and an import that is undone, take their appointment away: what was noted on
-- it goes with it. The audit log still tells that it was made, by whom and when.
alter table appointment_change drop constraint appointment_change_appointment_fkey,
    add constraint appointment_change_appointment_fkey foreign key (appointment) references appointment (id) on delete cascade;
alter table appointment_conflict drop constraint appointment_conflict_committee_fkey,
    add constraint appointment_conflict_committee_fkey foreign key (committee) references appointment (id) on delete cascade;
alter table appointment_conflict drop constraint appointment_conflict_employment_fkey,
    add constraint appointment_conflict_employment_fkey foreign key (employment) references appointment (id) on delete cascade;
