-- Whoever accepted to help can say, with a reason, that they cannot after all; whoever asked asks somebody else.
alter table assist_task
    drop constraint assist_task_state_check,
    add constraint assist_task_state_check check (state in ('asked', 'accepted', 'declined', 'given_up', 'done', 'cancelled'));
