-- Polls of evaluations that were planned by an earlier version and are not counted yet tell their answers with the scores, as those do
-- that are planned now.
update poll set withheld = true
where purpose like 'evaluation:%' and state in ('planned', 'open', 'closed') and not withheld;
