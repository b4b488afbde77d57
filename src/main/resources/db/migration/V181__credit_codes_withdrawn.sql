-- A company is registered with the day it was founded, which its licence has; what was asked for before that day was asked has none.
-- Whoever asked for a code that fails its check can withdraw the question; nobody else decides for them, and they decide nothing else.
alter table company_proposal
    add column since date,
    drop constraint company_proposal_decision_check,
    drop constraint company_proposal_check2,
    add constraint company_proposal_decision_check check (decision in ('confirmed', 'refused', 'withdrawn')),
    add constraint company_proposal_decider_check check (decision is null or (decided_by = asked_by) = (decision = 'withdrawn'));
create index company_proposal_all on company_proposal (id desc);
