-- An inbox is read newest first. Ids come in blocks, one block for each running copy, so the time leads.
create index notice_newest on notice (account, at desc, id desc);
