-- 三员分立 (等保三级): system, security and audit in three people's hands, and none of the three with a duty of the business.

alter table access_grant drop constraint access_grant_role_check;

-- Whoever administered so far keeps the system; what they held besides ends here, and the audit trail says so.
insert into audit_entry (district, id, at, account, action, subject_kind, subject_id, detail)
select 0, nextval('audit_seq'), now(), null, 'grant.ended', 'account', g.account::text,
       jsonb_build_object('grant', g.id, 'role', g.role, 'reason', 'three_administrators')
from access_grant g
where g.role not in ('ADMIN', 'RESIDENT') and (g.until is null or g.until > now())
  and exists(select from access_grant a where a.account = g.account and a.role = 'ADMIN' and (a.until is null or a.until > now()));
update access_grant g set until = greatest(g.since, now())
where g.role not in ('ADMIN', 'RESIDENT') and (g.until is null or g.until > now())
  and exists(select from access_grant a where a.account = g.account and a.role = 'ADMIN' and (a.until is null or a.until > now()));
update access_grant g set since = greatest(g.since, (select max(o.until) from access_grant o
                                                     where o.account = g.account and o.role not in ('ADMIN', 'RESIDENT')))
where g.role = 'ADMIN' and (g.until is null or g.until > now())
  and exists(select from access_grant o where o.account = g.account and o.role not in ('ADMIN', 'RESIDENT'));
update access_grant set since = until where role = 'ADMIN' and until <= now(); -- it is over; it must not clash with what was held besides
update access_grant set role = 'SYSTEM' where role = 'ADMIN';
delete from installation where name = 'setup-token';

alter table access_grant add constraint access_grant_role_check
    check (role in ('RESIDENT', 'COMMUNITY', 'MANAGER', 'STAFF', 'HELPER', 'STREET', 'DISTRICT', 'CITY', 'ORGANISATION', 'HOUSING',
                    'SYSTEM', 'SECURITY', 'AUDIT'));

-- Grants that hold at the same time are all of one kind: one of the three, or the business. One's own home is no duty.
alter table access_grant add constraint access_grant_three_administrators
    exclude using gist (account with =,
                        (case role when 'SYSTEM' then 1 when 'SECURITY' then 2 when 'AUDIT' then 3 else 0 end) with <>,
                        tstzrange(since, until) with &&)
    where (role <> 'RESIDENT');
