-- Who stands beside whom among published scores goes by kind and size of the estate, as it was registered when the campaign was planned:
-- an old estate that is rebuilt later does not change the group it was rated in. Earlier projects have the kinds of today; there is no record of then.
alter table evaluation_project add column kinds text[];
update evaluation_project p set kinds = e.kinds from estate e where e.id = p.estate;
alter table evaluation_project alter column kinds set not null;
alter table evaluation_project add constraint evaluation_project_kinds check (cardinality(kinds) > 0);
