-- An estate that was entered twice goes while nothing points to it; its story stays.
alter table estate_change drop constraint estate_change_verb_check,
    add constraint estate_change_verb_check
        check (verb in ('created', 'edited', 'moved', 'facilities', 'buildings', 'taken_back', 'deleted'));
