-- What keeps a case of the blacklist fair: until when its company was to be heard, by which numbers it is dealt with, and what came on paper.

-- The last moment of the defence, kept when it has passed: a statement that arrived in time is heard also when it is entered later.
alter table listing add column heard_until timestamptz;
update listing l
set heard_until = case when state = 'noticed' then due_at
                       else (select max(s.at) from listing_step s where s.listing = l.id and s.verb = 'close_defence') end
where noticed_on is not null;

-- Numbers of the procedure as they were when the notice was made out; cases of before go by those of the day.
create table listing_number (
    listing bigint not null references listing (id),
    name    text   not null,
    value   int    not null,
    primary key (listing, name)
);
comment on table listing_number is '黑名单一件照哪些天数和人数办';

-- A step that the company took on paper: the bureau entered it, the day it arrived counts.
create table listing_received (
    listing     bigint not null,
    seq         int    not null,
    received_on date   not null,
    primary key (listing, seq),
    foreign key (listing, seq) references listing_step (listing, seq)
);
comment on table listing_received is '黑名单书面材料收到日';
