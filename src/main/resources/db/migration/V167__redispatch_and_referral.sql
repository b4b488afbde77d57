-- Orders that somebody holds are given to another in bulk as well: their reason stands once for all of them.
alter table order_bulk add column reason text not null default '';

-- A returned order that is for the police or a court leaves as an outcome of its dispute: nobody is named.
alter table order_dispute drop constraint order_dispute_outcome_check;
alter table order_dispute add constraint order_dispute_outcome_check check (outcome in ('granted', 'refused', 'ruled', 'referred'));
