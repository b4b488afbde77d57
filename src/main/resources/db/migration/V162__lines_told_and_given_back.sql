-- On which day a household was handed a sheet, so that a wrong door can be put right on that day; and when those without a ballot were reminded.
alter table ballot_roll
    add column paper_on date,
    add constraint ballot_roll_paper check (paper_on is null or channel = 'paper');
alter table poll add column reminded_at timestamptz;
