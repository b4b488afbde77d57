-- The same two rules as before, over one expression each. A GiST index over the bare columns offers itself for every look-up by body or
-- person, at the price of the plain index by the planner's reckoning and at two hundred times its price in truth: GiST has no order, and
-- the column that is asked for does not come first.
alter table appointment
    drop constraint appointment_person_body_post_coalesce_during_excl,
    add constraint appointment_once
        exclude using gist ((person::text || ' ' || body::text || ' ' || coalesce(estate, 0)::text || ' ' || post) with =, during with &&),
    drop constraint appointment_single,
    add constraint appointment_single
        exclude using gist ((body::text || ' ' || coalesce(estate, 0)::text || ' ' || post) with =, during with &&) where (single);
