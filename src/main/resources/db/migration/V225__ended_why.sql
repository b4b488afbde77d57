-- Why a duty was ended stands with the duty, not in the audit log, which keeps no words about people: it goes when the person's data go.
alter table access_grant add column ended_reason text;
