-- An assessor whose role has ended, or who cannot sign in, answers on paper: entered by whoever runs the campaign, with the sheet, and
-- by the day it came; whoever entered it does not decide about it.
alter table evaluation_conflict
    add column received_on date,
    add column answered_by bigint references account (id),
    add check ((received_on is null) = (answered_by is null)),
    add check (received_on is null or answer <> '');
comment on column evaluation_conflict.received_on is '书面说明收到的日子；本人在系统里写的空着';
