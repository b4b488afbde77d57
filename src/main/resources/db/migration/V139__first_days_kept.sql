-- By when a campaign was to be final when it was planned: kept when publication, a second poll or anything else moves its days.
alter table evaluation_campaign add column planned_by date;
update evaluation_campaign set planned_by = final_by;

-- By when notice of a case of the blacklist was to be given and its decision to be served, kept as the day to decide is.
alter table listing
    add column notice_due timestamptz,
    add column serve_due  timestamptz;
update listing set notice_due = due_at where state = 'proposed';
update listing set serve_due = due_at where state = 'decided';
