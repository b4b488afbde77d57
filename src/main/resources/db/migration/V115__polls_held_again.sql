-- Where boxes did not open and were given up, their households are asked once more, in a poll of its own with keys of its own.
alter table poll add column again_of bigint unique references poll (id) check (again_of <> id);
