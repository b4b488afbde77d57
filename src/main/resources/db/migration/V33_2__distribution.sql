-- On a Citus cluster the tables distribute themselves: those whose key begins with the district by that, all others are copied to every
-- node, but for what belongs to one process. On a plain PostgreSQL this does nothing. It runs after every migration, so a new table is
-- distributed too. Foreign keys are taken off before and put on again after: a table with keys to tables that are not distributed yet
-- cannot be distributed. See docs/scaling.md.
create function distribute_over_nodes() returns int
    language plpgsql as
$$
declare
    t    record;
    k    record;
    done int := 0;
begin
    if not exists (select from pg_proc where proname = 'create_distributed_table') then
        return 0;
    end if;
    create temporary table to_distribute on commit drop as
    select c.oid as rel, n.nspname || '.' || c.relname as name,
           n.nspname = 'archive_years'
               or exists (select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                          where i.indrelid = c.oid and i.indisprimary and a.attname = 'district') as by_district
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'archive_years') and c.relpersistence = 'p'
      and c.relname not in ('flyway_schema_history', 'scheduled_tasks', 'spring_session', 'spring_session_attributes')
      and not exists (select from pg_dist_partition p where p.logicalrelid = c.oid);
    create temporary table keys_off on commit drop as
    select cast(c.conrelid as regclass) as rel, c.conname as name, pg_get_constraintdef(c.oid) as def
    from pg_constraint c
    where c.contype = 'f' and c.conparentid = 0
      and (c.conrelid in (select rel from to_distribute) or c.confrelid in (select rel from to_distribute));
    for k in select * from keys_off loop
        execute format('alter table %s drop constraint %I', k.rel, k.name);
    end loop;
    for t in select * from to_distribute order by by_district, name loop
        if t.by_district then
            execute format('select create_distributed_table(%L, %L)', t.name, 'district');
        else
            execute format('select create_reference_table(%L)', t.name);
        end if;
        done := done + 1;
    end loop;
    for k in select * from keys_off loop
        execute format('alter table %s add constraint %I %s', k.rel, k.name, k.def);
    end loop;
    drop table to_distribute, keys_off;
    return done;
end
$$;
