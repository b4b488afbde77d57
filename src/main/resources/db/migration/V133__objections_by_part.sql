-- A company with two wrong things has both looked at: one objection at a time to each part of a score, and one to whose year the estate's
-- was by its contracts.
drop index evaluation_objection_running;
create unique index evaluation_objection_running on evaluation_objection (project, dimension) where state = 'filed';
alter table evaluation_objection add check (dimension in ('SATISFACTION', 'INSPECTION', 'TERRITORY', 'CASES', 'CONTRACT'));
