-- An estate that came to another district leaves its orders where they were filed: their key begins with the district of then. Where
-- that was is kept here, for the few estates that ever changed, so that orders of all its times are found.
create table estate_past (
    estate   bigint not null references estate (id),
    district int    not null,
    until    date   not null, -- first day on which it lay there no more
    primary key (estate, district)
);
comment on table estate_past is '小区以前所在的区县';

-- Every district where orders of an estate can be.
create view estate_ground as
select id as estate, district from estate
union
select estate, district from estate_past;
