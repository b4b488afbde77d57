-- By which document or decision a policy ended, for whoever reads it; of those that ended before, only the audit log knows.
alter table policy add column ended_basis text;
