-- A conflict of interest that others found says why; what an assessor says of themselves needs no more than its kind.
alter table evaluation_conflict add column why text not null default '' check (length(why) <= 200);
