-- Of which last day of a campaign those who owe something were reminded, once each: another day is another reminder.
create table evaluation_reminder (
    campaign bigint not null references evaluation_campaign (id),
    due      date   not null,
    sent_at  timestamptz not null,
    primary key (campaign, due)
);
comment on table evaluation_reminder is '测评到期提醒';
