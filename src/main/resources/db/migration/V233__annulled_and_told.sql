-- When the households of a count heard that it holds that none of it counts. What companies are still heard about is told when that is over, and not
-- forgotten when the program stops between: whatever is annulled, not being heard and not told is told by the next turn of the calendar.
alter table poll_group
    add column annul_told_at timestamptz,
    add constraint poll_group_annul_told check (annul_told_at is null or annulled_at is not null);
comment on column poll_group.annul_told_at is '点票作废定了，什么时候告诉住户的；还在听取企业意见的，空着';

-- of before: told at once, but for those that are still heard
update poll_group g set annul_told_at = g.annulled_at
where g.annulled_at is not null
  and not exists (
    select from evaluation_hearing h
             join evaluation_score o on o.id = h.score
                  and jsonb_path_exists(o.inputs, '$.corrections[*] ? (@.item == "satisfaction" && @.value == "void")')
             join evaluation_project p on p.id = h.project
             join evaluation_campaign c on c.id = p.campaign and c.state in ('objection', 'final')
             join poll b on c.poll = coalesce(b.again_of, b.id)
    where b.id = g.poll and p.estate = g.estate and h.stands
      and not exists (select from evaluation_score s where s.project = h.project and s.stage = 'final' and s.id > h.score));
