-- A leader's mark to the holder is whoever's who holds the order; while nobody does, the community answers it, and it names none.
do
$$
declare
    old text;
begin
    select conname into strict old from pg_constraint
    where conrelid = 'leader_mark'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%body IS NOT NULL%';
    execute format('alter table leader_mark drop constraint %I', old);
end
$$;
alter table leader_mark add constraint leader_mark_body check (addressee = 'holder' or body is null);

update leader_mark k set body = o.holder
from work_order o
where o.district = k.district and o.id = k.order_id and k.addressee = 'holder' and k.state = 'open' and k.body is distinct from o.holder;
