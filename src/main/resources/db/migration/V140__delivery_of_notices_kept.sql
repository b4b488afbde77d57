-- By when the notice of a case was to be served, kept as the other days are.
alter table listing add column deliver_due timestamptz;
update listing set deliver_due = due_at where state = 'noticed' and noticed_on is null;
