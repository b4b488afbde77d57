-- The digest of an estate's numbers is public with the count, the numbers themselves often days later. A hundred ballots have so few
-- possible sums that they could be tried until one gives the digest; a random line that is published with the numbers prevents it.
-- What was sealed before has none and stays as it was sealed: there the digest itself is told with the numbers.
alter table poll_group add column counts_salt bytea check (length(counts_salt) = 16);
