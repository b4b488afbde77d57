-- Who had an appointment imported is its author, as whoever enters one by hand is: an office by one's own hand opens no list of members
-- (decisions 64 and 69). Lines without an author tell of nobody any more, so what imports wrote gets the one of its run.
update appointment_change c
set account = r.account
from import_change i
         join import_run r on r.id = i.run
where i.tab = 'appointment_change' and i.row_id = c.id::text and c.account is null;

-- What the asker of an export was granted when it was asked for: whoever lost any of it takes the file away no more.
alter table export_run add column grants text[] not null default '{}';
