-- The very list that was sealed stays, so that drawing once more does not depend on what is built afterwards; each estate's sample has
-- a hash of its own, and the campaign's is made of these, as with the frame. When a frame was sealed and when its seed comes is told.
alter table evaluation_frame
    add column unit_ids    bigint[],
    add column sample_hash text check (sample_hash ~ '^[0-9a-f]{64}$'),
    add check (unit_ids is null or cardinality(unit_ids) = units);
update evaluation_frame f set unit_ids = u.ids
from (select estate, array_agg(id order by id) as ids, encode(sha256(convert_to(string_agg(id::text, ',' order by id), 'UTF8')), 'hex') as hash
      from unit group by estate) u
where u.estate = f.estate and u.hash = f.units_hash;
update evaluation_frame f set sample_hash = s.hash
from (select district, campaign, estate, encode(sha256(convert_to(string_agg(unit::text, ',' order by place), 'UTF8')), 'hex') as hash
      from evaluation_sample group by district, campaign, estate) s
where s.district = f.district and s.campaign = f.campaign and s.estate = f.estate;
update evaluation_campaign c set sample_hash = f.hash
from (select campaign, encode(sha256(convert_to(string_agg(estate || ':' || sampled || ':' || sample_hash, ',' order by estate), 'UTF8')), 'hex') as hash
      from evaluation_frame where sample_hash is not null group by campaign) f
where f.campaign = c.id and c.sample_hash is not null;

alter table evaluation_campaign
    add column framed_at timestamptz,
    add column seed_on   date; -- the day on which the seed will be known
update evaluation_campaign c
set framed_at = coalesce((select max(s.at) from evaluation_step s where s.campaign = c.id and s.verb = 'reframe'), c.made_at);
alter table evaluation_campaign alter column framed_at set not null;
