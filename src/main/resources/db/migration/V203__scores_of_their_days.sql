-- Each version of a score keeps for how many days of the year its company held the estate: a year that weighs by days uses those of the
-- very version it uses, also while a version with other days is being heard (decision 82). Whether it counts for its company is read
-- wherever scores are listed.
alter table evaluation_score
    add column days   int check (days > 0),
    add column counts boolean not null generated always as (coalesce(cast(inputs ->> 'counts' as boolean), true)) stored;
alter table evaluation_score disable trigger evaluation_score_fixed;
update evaluation_score s
set days = coalesce(
        -- as the first year that used the version had it
        (select cast(used.one ->> 'days' as int)
         from company_year y cross join lateral jsonb_array_elements(y.inputs -> 'projects') as used (one)
         where y.company = p.company and jsonb_exists(y.inputs, 'projects')
           and cast(used.one ->> 'project' as bigint) = s.project and cast(used.one ->> 'version' as int) = s.version
         order by y.version limit 1),
        p.days)
from evaluation_project p
where p.id = s.project;
alter table evaluation_score enable trigger evaluation_score_fixed;
comment on column evaluation_score.days is '这一版算的时候，这家企业在这一年里管了多少天';
comment on column evaluation_score.counts is '这一版的得分算不算这家企业的';
