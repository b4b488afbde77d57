-- Whose orders are a project's: its company's, and those of companies that merged into it and held the estate before.
alter table evaluation_project add column bodies bigint[];
update evaluation_project set bodies = array[company];
alter table evaluation_project alter column bodies set not null;
alter table evaluation_project add constraint evaluation_project_bodies check (company = any(bodies));
