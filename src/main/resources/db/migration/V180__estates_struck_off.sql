-- An estate that is no more is struck off from a day: what was before that day stays as it was, nothing new begins there.
alter table estate
    add column until date,
    add column until_why text check (until_why in ('demolished', 'twice', 'joined')),
    add column joined bigint references estate (id), -- the one that it is the same as, or a part of now
    add check ((until is null) = (until_why is null)),
    add check ((coalesce(until_why, '') in ('twice', 'joined')) = (joined is not null)),
    add check (joined <> id);

-- What was pulled down can be built again under its old name.
drop index estate_name;
create unique index estate_name on estate (community, name) where until is null;

-- The estates that are there: whoever offers one for something new reads this. Whoever looks back, or opens one by its number, reads the
-- table; a figure as of a day asks until as well. An estate is struck off from today or an earlier day, so no day is needed here.
create view estate_now as
select id, name, alias, district, street, community, kinds, households, buildings, longitude, latitude
from estate where until is null;

alter table estate_change drop constraint estate_change_verb_check,
    add constraint estate_change_verb_check
        check (verb in ('created', 'edited', 'moved', 'facilities', 'buildings', 'taken_back', 'deleted', 'struck_off', 'restored'));
