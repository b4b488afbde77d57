-- History outlives what it tells of: undoing an import takes rows away and appends a line that says so, it deletes none. So lines of
-- history no longer hang on the rows they tell of, which may be gone.
alter table body_change drop constraint body_change_body_fkey,
    drop constraint body_change_verb_check,
    add constraint body_change_verb_check
        check (verb in ('founded', 'renamed', 'moved', 'merged', 'dissolved', 'corrected', 'taken_back'));
alter table estate_change drop constraint estate_change_estate_fkey,
    drop constraint estate_change_verb_check,
    add constraint estate_change_verb_check
        check (verb in ('created', 'edited', 'moved', 'facilities', 'buildings', 'taken_back'));
alter table contract_change drop constraint contract_change_estate_fkey,
    drop constraint contract_change_company_fkey;
alter table appointment_change drop constraint appointment_change_appointment_fkey,
    drop constraint appointment_change_verb_check,
    add constraint appointment_change_verb_check check (verb in ('appointed', 'ended', 'corrected', 'taken_back'));
