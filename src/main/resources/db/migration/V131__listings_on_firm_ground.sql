-- What a case of the blacklist needs to be fair to its company: whether its two years can be taken up again, the results it was last held
-- against, when and how the notice was served, and what the members say of the votes that were written down for them.

-- Only a case that ended with its ground makes room for another; one that was revoked since the company was right does not.
alter table listing add column frees boolean not null default false;
update listing l set frees = true
where state in ('revoked', 'dropped')
  and (exists (select from listing_step s where s.listing = l.id and s.verb in ('revoke', 'drop') and s.party = 'examination')
    or exists (select from listing x where x.company = l.company and x.second_year = l.second_year and x.id > l.id)); -- another followed
alter table listing add check (not frees or state in ('revoked', 'dropped'));
alter table listing add check (state <> 'dropped' or frees);
drop index listing_once;
create unique index listing_once on listing (company, second_year) where not frees;

-- The versions its years had when somebody last heard of them; what its papers quote stays first_version and second_version.
alter table listing add column first_seen int, add column second_seen int;
update listing set first_seen = first_version, second_seen = second_version;
alter table listing alter column first_seen set not null, alter column second_seen set not null;

-- The defence runs from the day on which the notice was served; how is told by the words of that step.
alter table listing add column noticed_on date;
update listing l set noticed_on = (select cast(max(s.at) at time zone 'Asia/Shanghai' as date)
                                   from listing_step s where s.listing = l.id and s.verb = 'notify');
alter table listing add check (state in ('proposed', 'noticed', 'dropped') or noticed_on is not null);

-- A decision can be written down again when a member says that theirs was written down wrongly.
alter table listing_vote add column seq int;
update listing_vote v set seq = (select max(s.seq) from listing_step s where s.listing = v.listing and s.verb in ('list', 'spare'));
alter table listing_vote
    alter column seq set not null,
    drop constraint listing_vote_pkey,
    add primary key (listing, seq, account),
    add foreign key (listing, seq) references listing_step (listing, seq),
    add column agreed boolean, -- null: said nothing yet
    add column remark text not null default '' check (length(remark) <= 200),
    add column said_at timestamptz,
    add check ((agreed is null) = (said_at is null)),
    add check (agreed is not false or remark <> '');
