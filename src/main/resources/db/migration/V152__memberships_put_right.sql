-- What an organisation's officers do with a membership besides: put a first day or a note right, follow its holder to another company,
-- give back what was moved to them.
alter table party_membership_change drop constraint party_membership_change_verb_check,
    add constraint party_membership_change_verb_check
        check (verb in ('registered', 'ended', 'moved', 'corrected', 'employed', 'returned'));
