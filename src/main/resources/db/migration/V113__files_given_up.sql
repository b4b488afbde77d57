-- Files of evaluations and listings are erased when their time is over. How many there were stays: the page of a case says it, and the
-- papers that were served go on counting what was attached.
create table files_given_up (
    district   int         not null,
    owner_kind text        not null,
    owner_id   text        not null,
    files      int         not null check (files > 0),
    at         timestamptz not null,
    primary key (district, owner_kind, owner_id)
);
comment on table files_given_up is '保存期满删掉的材料：哪一件、几份、哪天删的';
