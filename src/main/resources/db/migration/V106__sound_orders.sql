-- What must hold of an order and of its clocks, as one function each: PostgreSQL reads the text of every check again for
-- every statement that writes a row (thirteen thousand characters of them for an order: more than half of what an update
-- cost), and a function only once for each session. A state that comes later is a new version of the function, and no scan.
create function sound_order(
    state text, urgency text, deadline_class text, channel text, holder bigint, kept bigint, round int, solved boolean,
    satisfied int)
    returns boolean immutable parallel safe language plpgsql as
$$
begin
    return state in (
               'submitted', 'awaiting_dispatch', 'dispatched', 'return_requested', 'in_progress', 'extension_requested',
               'suspension_requested', 'suspended', 'resolved', 'awaiting_rating', 'transfer_offered', 'closed',
               'closed_unrated', 'rejected', 'answered', 'merged', 'withdrawn', 'transferred')
        and urgency in ('urgent', 'utility', 'ordinary', 'complex')
        and (deadline_class is null or deadline_class in ('urgent', 'utility', 'ordinary', 'complex'))
        and channel in ('resident', 'phone', 'walk_in', 'patrol', 'hotline')
        -- what a holder works at has a holder
        and (holder is not null or state not in (
               'dispatched', 'return_requested', 'in_progress', 'extension_requested', 'suspension_requested', 'suspended',
               'resolved'))
        and (state = 'merged') = (kept is not null)
        -- silence is never satisfaction: closed is what somebody called solved
        and (state <> 'closed' or solved is not false)
        and round >= 1
        and (satisfied is null or satisfied between 1 and 5);
end
$$;

create function sound_clock(
    part text, stopped_at timestamptz, left_seconds bigint, resumes_on date, obstacle text)
    returns boolean immutable parallel safe language plpgsql as
$$
begin
    return part in ('intake', 'work', 'check', 'rating', 'decision', 'supervision', 'mark', 'help')
        and (stopped_at is null) = (left_seconds is null)
        and (stopped_at is null) = (resumes_on is null)
        and (stopped_at is null) = (obstacle is null)
        and (left_seconds is null or left_seconds >= 0);
end
$$;

do
$$
declare
    old record;
begin
    for old in
        select conrelid::regclass as part, conname from pg_constraint
        where contype = 'c' and conrelid in ('work_order'::regclass, 'order_clock'::regclass)
    loop
        execute format('alter table %s drop constraint %I', old.part, old.conname);
    end loop;
end
$$;

alter table work_order add constraint work_order_sound check (
    sound_order(state, urgency, deadline_class, channel, holder, kept, round, solved, satisfied));
alter table order_clock add constraint order_clock_sound check (
    sound_clock(part, stopped_at, left_seconds, resumes_on, obstacle));
