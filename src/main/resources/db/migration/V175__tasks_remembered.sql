-- Whoever has a task is reminded once before its day and once when it is late; whoever gave it is told once that it is late.
alter table task
    add near_told_at timestamptz,
    add late_told_at timestamptz;
-- Those that are late already were told by the page; nobody gets a heap of news on the first morning.
update task set late_told_at = now(), near_told_at = now() where state = 'open' and due_at < now();
create index task_open_due on task (due_at) where state = 'open';
