-- A listing that runs before a court or whoever reviews it; and a proposal that two of the bureau decline to give notice of.
alter table listing add column appeal text not null default 'none' check (appeal in ('none', 'review', 'suit'));

-- The checks that name the states, with 'declined' among those that end before a notice.
do $$
declare
    one record;
begin
    for one in select conname from pg_constraint
               where conrelid = 'listing'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%spared%'
                  or conrelid = 'listing'::regclass and contype = 'c'
                     and pg_get_constraintdef(oid) ~ 'proposed.*dropped' and pg_get_constraintdef(oid) not like '%frees%'
    loop
        execute format('alter table listing drop constraint %I', one.conname);
    end loop;
end
$$;
alter table listing
    add constraint listing_states check (state in ('proposed', 'noticed', 'heard', 'decided', 'listed', 'repair_applied', 'repair_verified',
                                                   'removed', 'expired', 'revoked', 'dropped', 'declined', 'spared')),
    add constraint listing_told check (state in ('proposed', 'dropped', 'declined') or weight is not null and basis is not null),
    add constraint listing_ended check ((state in ('removed', 'expired', 'revoked', 'dropped', 'declined', 'spared')) = (ended_on is not null)),
    add constraint listing_delivered check (state in ('proposed', 'noticed', 'dropped', 'declined') or noticed_on is not null),
    add constraint listing_appealed check (appeal = 'none' or state in ('listed', 'repair_applied', 'repair_verified', 'removed', 'expired'));
