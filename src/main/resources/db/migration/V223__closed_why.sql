-- Whoever cannot sign in any more reads why. Of accounts that were closed before, nothing is known.
alter table account add column disabled_reason text;
