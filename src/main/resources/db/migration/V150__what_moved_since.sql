-- A hotline asks what happened since it asked last. Steps are appended, so an index by blocks is small and leads to the last of them.
create index work_order_step_at on work_order_step using brin (at) with (autosummarize = on);
create index order_transfer_became on order_transfer (became) where became is not null;
