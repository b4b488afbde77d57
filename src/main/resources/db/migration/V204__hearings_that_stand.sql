-- Whether a hearing is still about something is written down with each new version of its score, by the one rule that says what is worse.
alter table evaluation_hearing add column stands boolean not null default true;
update evaluation_hearing h set stands = false
where exists (
    select from evaluation_score o
             join evaluation_project q on q.id = o.project
             join evaluation_campaign k on k.id = q.campaign
             join evaluation_scheme m on m.id = k.scheme
             join lateral (select * from evaluation_score x where x.project = o.project order by x.version desc limit 1) n on n.id <> o.id
             left join evaluation_score b on b.project = o.project and b.version = o.version - 1
    where o.id = h.score
      and (o.counts and not n.counts
           or b.counts and m.content ->> 'contractPolicy' <> 'DAYS'
              and case when b.result <> o.result then o.result = 'fail' or b.result = 'pass'
                       when b.score is null or o.score is null then false
                       else o.score < b.score
                            or o.result = 'fail' and b.score + b.margin >= cast(m.content ->> 'passLine' as int)
                               and o.score + o.margin < cast(m.content ->> 'passLine' as int) end
              and not case when b.result <> n.result then n.result = 'fail' or b.result = 'pass'
                           when b.score is null or n.score is null then false
                           else n.score < b.score
                                or n.result = 'fail' and b.score + b.margin >= cast(m.content ->> 'passLine' as int)
                                   and n.score + n.margin < cast(m.content ->> 'passLine' as int) end));
comment on column evaluation_hearing.stands is '还有没有要听的：改回去了的、又不算这家企业的，没有了';
