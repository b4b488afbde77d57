-- After scores are public, an assessor is heard before what they saw is taken out of them, and it rests on a document (decision 82).
alter table evaluation_conflict
    add basis      text not null default '' check (length(basis) <= 100),
    add answer_by  date,                     -- until when the assessor can answer; null where nobody has to be asked
    add answer     text not null default '' check (length(answer) <= 500),
    add answered_at timestamptz,
    add struck     boolean,                  -- whether what they saw counts no longer; null until somebody decided
    add settled_by bigint references account (id),
    add settled_at timestamptz,
    add check ((struck is null) = (settled_by is null) and (struck is null) = (settled_at is null)),
    add check (struck is null or answer_by is not null);
create index evaluation_conflict_open on evaluation_conflict (campaign) where answer_by is not null and struck is null;
comment on column evaluation_conflict.answer_by is '公示以后查出来的，测评员说明到哪天为止';
comment on column evaluation_conflict.struck is '看过的是不是不算了；空着是还没定';
