-- A version of a published score that is new to its company, or worse for it, is open to objections for as long as any first one
-- (decision 82). It is over when a later version of the project is final.
create table evaluation_hearing (
    score     bigint primary key references evaluation_score (id),
    project   bigint not null references evaluation_project (id),
    was       text   not null default '', -- what held before, for people; empty where the score was not this company's
    opened_on date   not null,
    days      int    not null check (days > 0),
    until     date   check (until >= opened_on), -- null while nobody of the company can sign in and the paper was not served
    served_on date   check (served_on >= opened_on),
    served_by bigint references account (id),
    served_at timestamptz,
    check ((served_on is null) = (served_by is null) and (served_on is null) = (served_at is null)),
    check (served_on is null or until is not null)
);
create index evaluation_hearing_project on evaluation_hearing (project);
comment on table evaluation_hearing is '公示以后改低的、新算给企业的得分，再给一次异议期';
comment on column evaluation_hearing.until is '到哪天为止可以提异议；没有人能登录又还没书面送达的，空着';
