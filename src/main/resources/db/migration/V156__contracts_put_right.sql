-- A contract that was typed wrongly is put right, with what it was and what it is; an import that changes one leaves its line as well.
alter table contract_change drop constraint contract_change_verb_check,
    add constraint contract_change_verb_check
        check (verb in ('signed', 'extended', 'ended', 'corrected', 'taken_back'));
