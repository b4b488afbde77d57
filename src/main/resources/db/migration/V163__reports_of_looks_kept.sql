-- What an assessor reported of an estate each time, never changed: what was put right stays readable beside what holds. Where they stood is
-- not in it, since that is erased after a time.
create table evaluation_inspection_report (
    inspection bigint not null references evaluation_inspection (id),
    version    int    not null, -- of the inspection, as it was reported
    at         timestamptz not null,
    found      jsonb  not null, -- by item: level and note
    primary key (inspection, version)
);
comment on table evaluation_inspection_report is '现场检查历次报的';
insert into evaluation_inspection_report (inspection, version, at, found)
select i.id, i.version, i.done_at, jsonb_object_agg(t.item, jsonb_build_object('level', t.level, 'note', t.note))
from evaluation_inspection i join evaluation_inspection_item t on t.inspection = i.id
where i.done_at is not null group by i.id;
create trigger evaluation_inspection_report_fixed before update or delete on evaluation_inspection_report
    for each row execute function never_changed();
