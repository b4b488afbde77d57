-- A membership that was taken back: by its holder's blind index, whoever it was of still finds who looked at it. Nobody else learns from it whose it was.
create table party_membership_gone (
    membership   bigint primary key,
    holder_index bytea not null
);
create index party_membership_gone_holder on party_membership_gone (holder_index);
comment on table party_membership_gone is '撤回的组织关系';
