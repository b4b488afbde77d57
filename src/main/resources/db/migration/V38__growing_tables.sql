-- Tables that only grow and are read by their keys need fresh statistics seldom: with the server's defaults a young system
-- that fills quickly has each of them analysed and vacuumed every minute.
do $$
declare
    grows text;
begin
    foreach grows in array array['event_log', 'audit_entry', 'work_order_step', 'idempotency_key', 'notice'] loop
        execute format('alter table %I set (autovacuum_analyze_threshold = 20000, autovacuum_vacuum_insert_threshold = 200000)',
                       grows);
    end loop;
end $$;

-- Counts are changed in place again and again: room on each page keeps their indexes out of it (heap-only updates).
alter table order_count set (fillfactor = 80);
alter table order_day set (fillfactor = 80);
