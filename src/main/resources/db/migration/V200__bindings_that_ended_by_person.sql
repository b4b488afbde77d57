-- Why a binding ended is kept for whoever it was of, who need not have an account yet.
alter table binding_end add person bigint references person (id);
update binding_end x set person = a.person from account a where a.id = x.account;
alter table binding_end alter person set not null;
-- with it goes the check that one's own word needs no reason: whose word it was is known by the reason
drop index binding_end_account;
alter table binding_end drop account;
create index binding_end_person on binding_end (person, id desc);
