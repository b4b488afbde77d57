-- Why a delegation was ended for somebody stands with it; the audit log keeps no words about people.
alter table delegation add column ended_reason text;
