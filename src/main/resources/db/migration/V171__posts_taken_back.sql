-- A post or a membership that was entered by mistake is taken back: it leaves every view, and its lines of history stay with what it was.
alter table appointment_change drop constraint appointment_change_reason_check,
    add constraint appointment_change_reason_check
        check (reason in ('term_over', 'resigned', 'moved', 'recalled', 'left_company', 'entered_wrongly', 'other', 'body_ended',
                          'wrong_day', 'extended', 'working_time', 'checked', 'wrong_person', 'wrong_post', 'twice', 'never'));
create index appointment_change_gone on appointment_change (((detail ->> 'body')::bigint)) where verb = 'taken_back';

alter table party_membership_change drop constraint party_membership_change_membership_fkey,
    drop constraint party_membership_change_verb_check,
    add constraint party_membership_change_verb_check
        check (verb in ('registered', 'ended', 'moved', 'corrected', 'employed', 'returned', 'taken_back'));

-- An adviser covers a company only while they hold the post there: what went on after the post had ended ended with it.
update company_coverage v set during = daterange(lower(v.during), p.past)
from (select a.person, a.body, max(upper(a.during)) as past
      from appointment a join post o on o.name = a.post and o.duty = 'adviser'
      group by a.person, a.body having bool_and(upper(a.during) is not null)) p
where v.adviser = p.person and v.company = p.body and (upper(v.during) is null or upper(v.during) > p.past) and lower(v.during) < p.past;
