-- A tie that the register alone knows is written down without anybody's hand.
alter table evaluation_conflict alter column declared_by drop not null;
-- How the numbers of a campaign's poll differ from what was sealed at the count, while they do; scores wait for it.
alter table evaluation_campaign add column tally_wrong text check (length(tally_wrong) between 1 and 1000);
