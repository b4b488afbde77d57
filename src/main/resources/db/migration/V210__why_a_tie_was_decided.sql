-- Why what an assessor saw counts, or does not, after a late tie: the assessor reads it. Empty where it was decided before this was asked.
alter table evaluation_conflict add column settled_why text not null default '' check (length(settled_why) <= 300);
