-- A request about personal data is reminded of once before its deadline, and told once to those above when it is late.
alter table privacy_request
    add column near_told_at timestamptz,
    add column late_told_at timestamptz;
