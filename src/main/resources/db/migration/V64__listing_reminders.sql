-- By when an objection to a listing is to be answered; and who was reminded of which day, once each.
alter table listing add column answer_due timestamptz;
create table listing_reminder (
    listing bigint not null references listing (id),
    kind    text   not null check (kind in ('near', 'late', 'answer_near', 'answer_late', 'repair_open', 'ending')),
    due     timestamptz not null, -- the day it was about: another day is another reminder
    sent_at timestamptz not null,
    primary key (listing, kind, due)
);
comment on table listing_reminder is '黑名单到期提醒';
create index listing_answer_due on listing (answer_due) where objection = 'open';
