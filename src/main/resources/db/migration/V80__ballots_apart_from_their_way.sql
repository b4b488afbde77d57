-- A ballot says nothing of how it came, no reading of a sheet is clear text, no two ballots have one receipt, and the clock knows
-- whose keys are still to be destroyed.

-- A serial never stands beside answers. Where sheets were counted before this, the single ballots of that estate are deleted: its count
-- stays as it is, and its published list too, as lines, so that the root that was sealed over them can still be computed.
create table ballot_line (
    district int    not null,
    poll     bigint not null references poll (id),
    estate   bigint not null,
    line     text   not null,
    primary key (district, poll, estate, line),
    foreign key (district, poll, estate) references poll_group (district, poll, estate)
);
create temporary table with_sheets on commit drop as
select distinct district, poll, estate from ballot where serial is not null;
insert into ballot_line
select district, poll, estate, coalesce(serial || ':', '') || encode(commitment, 'hex') from ballot join with_sheets using (district, poll, estate);
delete from ballot b using with_sheets w where (b.district, b.poll, b.estate) = (w.district, w.poll, w.estate);
alter table ballot drop column serial;

-- The serials that counted are a list of their own, with a root of its own beside that of the receipts.
alter table poll_group add column sheets_root bytea check (length(sheets_root) = 32);

-- Readings lie under the poll's key, which the database has not; so those of running polls cannot be taken over and are made again,
-- and a closed poll waits for them.
update poll p set count_by = greatest(count_by, now() + interval '3 days')
where p.state = 'closed' and exists (select from ballot_keying k where k.poll = p.id);
alter table ballot_sheet drop column answers;
update ballot_sheet s set state = 'printed', version = version + 1
where s.state <> 'printed'
  and exists (select from poll_group g where g.district = s.district and g.poll = s.poll and g.estate = s.estate and g.root is null);
delete from ballot_keying;
alter table ballot_sheet
    add column sealed bytea, -- the answers, from two equal readings until the count
    add constraint ballot_sheet_sealed check (sealed is null or state = 'settled');
alter table ballot_keying
    drop column answers,
    add column mark bytea not null check (length(mark) = 32); -- keyed: tells whether two readings are equal, not what they are

-- Scans show a serial and its answers; they end with the poll.
delete from attachment a using poll p
where a.owner_kind = 'ballot_sheet' and split_part(a.owner_id, '-', 1) = p.id::text and p.state in ('counted', 'cancelled');

-- A keyed mark of the receipt: two ballots with one receipt would be one line in the list.
alter table ballot_box add column receipt_mark bytea check (length(receipt_mark) = 32);
create unique index ballot_box_receipt on ballot_box (district, poll, receipt_mark);

-- Destroyed by the clock, when the end of a poll is committed.
alter table poll add column keys_gone boolean not null default false;
drop index poll_running;
create index poll_running on poll (id) where not keys_gone;
