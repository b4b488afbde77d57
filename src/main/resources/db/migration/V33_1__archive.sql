-- Orders of past years. The rows lie in archive_years, one partition a year; the schema archive shows them as views that have the names
-- and the columns of the living tables: the same queries read them with that schema first in the search path. See decision 33.
create schema archive;
create schema archive_years;

-- The tables that an order consists of: work_order and all that refer to it, directly or through another; deepest last.
create function archive.parts() returns table (part regclass, depth int)
    language sql stable as
$$
with recursive refers (part, depth) as (
    select cast('public.work_order' as regclass), 0
    union
    select cast(c.conrelid as regclass), r.depth + 1
    from refers r
             join pg_constraint c on c.contype = 'f' and c.confrelid = r.part and c.conrelid <> c.confrelid
             join pg_class t on t.oid = c.conrelid and t.relnamespace = cast('public' as regnamespace) and not t.relispartition
    where r.depth < 6)
select part, max(depth) from refers group by part order by 2, cast(part as text)
$$;

-- A condition on alias x: the row belongs to an order of the batch.
create function archive.belongs(part regclass, x text) returns text
    language plpgsql stable as
$$
declare
    fk   record;
    cond text;
begin
    if part = cast('public.work_order' as regclass) then
        return format('exists (select from archive_batch b where b.district = %1$s.district and b.id = %1$s.id)', x);
    end if;
    select c.conrelid, c.confrelid, c.conkey, c.confkey into fk
    from pg_constraint c join archive.parts() p on p.part = c.confrelid
    where c.contype = 'f' and c.conrelid = belongs.part and c.confrelid <> c.conrelid
    order by p.depth, c.oid limit 1;
    select string_agg(format('%I.%I = %I.%I', x || 'p', pa.attname, x, ca.attname), ' and ') into cond
    from unnest(fk.conkey, fk.confkey) k (child, parent)
             join pg_attribute ca on ca.attrelid = fk.conrelid and ca.attnum = k.child
             join pg_attribute pa on pa.attrelid = fk.confrelid and pa.attnum = k.parent;
    return format('exists (select from %s %I where %s and %s)', cast(fk.confrelid as regclass), x || 'p', cond,
                  archive.belongs(cast(fk.confrelid as regclass), x || 'p'));
end
$$;

-- The year of the order that a row on alias x belongs to, as an expression; the batch knows it.
create function archive.year_of(part regclass, x text) returns text
    language plpgsql stable as
$$
declare
    fk   record;
    cond text;
begin
    if part = cast('public.work_order' as regclass) then
        return format('(select b.year from archive_batch b where b.district = %1$s.district and b.id = %1$s.id)', x);
    end if;
    select c.conrelid, c.confrelid, c.conkey, c.confkey into fk
    from pg_constraint c join archive.parts() p on p.part = c.confrelid
    where c.contype = 'f' and c.conrelid = year_of.part and c.confrelid <> c.conrelid
    order by p.depth, c.oid limit 1;
    select string_agg(format('%I.%I = %I.%I', x || 'p', pa.attname, x, ca.attname), ' and ') into cond
    from unnest(fk.conkey, fk.confkey) k (child, parent)
             join pg_attribute ca on ca.attrelid = fk.conrelid and ca.attnum = k.child
             join pg_attribute pa on pa.attrelid = fk.confrelid and pa.attnum = k.parent;
    return format('(select %s from %s %I where %s)', archive.year_of(cast(fk.confrelid as regclass), x || 'p'),
                  cast(fk.confrelid as regclass), x || 'p', cond);
end
$$;

-- Makes the archive follow the living tables: a new part of an order, a new column, a new index. Runs after every migration.
create function archive.follow() returns void
    language plpgsql as
$$
declare
    p    record;
    col  record;
    i    record;
    cols text;
begin
    for p in select cast(part as oid) as oid, relname from archive.parts() join pg_class on pg_class.oid = part loop
        if to_regclass(format('archive_years.%I', p.relname)) is null then
            execute format('create table archive_years.%1$I (like public.%1$I, archived_year int not null) partition by list (archived_year)',
                           p.relname);
        end if;
        for col in select a.attname, format_type(a.atttypid, a.atttypmod) as type
                   from pg_attribute a
                   where a.attrelid = p.oid and a.attnum > 0 and not a.attisdropped
                     and not exists (select from pg_attribute o where o.attrelid = to_regclass(format('archive_years.%I', p.relname))
                                                                  and o.attname = a.attname and not o.attisdropped)
                   order by a.attnum loop
            execute format('alter table archive_years.%I add column %I %s', p.relname, col.attname, col.type);
        end loop;
        -- indexes to read by, none to forbid: what was one once stays one, and each row is there once by the move
        for i in select c.relname, pg_get_indexdef(x.indexrelid) as def
                 from pg_index x join pg_class c on c.oid = x.indexrelid
                 where x.indrelid = p.oid and to_regclass(format('archive_years.%I', c.relname)) is null loop
            execute regexp_replace(
                    regexp_replace(replace(i.def, ' ON public.', ' ON archive_years.'), '^CREATE UNIQUE INDEX', 'CREATE INDEX'),
                    ' WITH \([^)]*\)', '');
        end loop;
        -- the same columns in the same order, so that a statement that was prepared for one fits the other
        cols := archive.columns(cast(p.oid as regclass));
        if to_regclass(format('archive.%I', p.relname)) is null
           or archive.columns(to_regclass(format('archive.%I', p.relname))) <> cols then
            execute format('drop view if exists archive.%I', p.relname);
            execute format('create view archive.%I as select %s from archive_years.%I', p.relname, cols, p.relname);
        end if;
    end loop;
end
$$;

create function archive.columns(part regclass) returns text
    language sql stable as
$$
select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute where attrelid = part and attnum > 0 and not attisdropped
$$;

-- The partitions of one year.
create function archive.open_year(year int) returns void
    language plpgsql as
$$
declare
    p record;
begin
    for p in select relname from archive.parts() join pg_class on pg_class.oid = part loop
        execute format('create table if not exists archive_years.%I partition of archive_years.%I for values in (%s)',
                       p.relname || '_' || year, p.relname, year);
    end loop;
end
$$;

-- Moves the orders of one district that ended before a time, whole, at most so many. Who called for somebody without an account stays
-- behind: nobody needs their name and phone any more. Gives how many it moved.
create function archive.move(in_district int, ended_before timestamptz, most int) returns int
    language plpgsql as
$$
declare
    p     record;
    cols  text;
    moved int;
begin
    create temporary table if not exists archive_batch (district int, id bigint, year int) on commit delete rows;
    delete from archive_batch;
    insert into archive_batch
    select o.district, o.id, cast(extract(year from o.submitted_at at time zone 'Asia/Shanghai') as int)
    from public.work_order o
    where o.district = in_district and o.closed_at < ended_before
      and o.state in ('closed', 'closed_unrated', 'rejected', 'answered', 'merged', 'withdrawn', 'transferred')
    order by o.closed_at limit most for update skip locked;
    get diagnostics moved = row_count;
    if moved = 0 then
        return 0;
    end if;
    perform archive.open_year(y.year) from (select distinct b.year from archive_batch b) y
    where to_regclass('archive_years.work_order_' || y.year) is null
       or exists (select from archive.parts() q join pg_class c on c.oid = q.part
                  where to_regclass(format('archive_years.%I', c.relname || '_' || y.year)) is null);
    update public.work_order_words w
    set caller_name_cipher = null, caller_phone_cipher = null, caller_phone_index = null
    where exists (select from archive_batch b where b.district = w.district and b.id = w.order_id)
      and (w.caller_name_cipher is not null or w.caller_phone_cipher is not null or w.caller_phone_index is not null);
    for p in select part, relname from archive.parts() join pg_class on pg_class.oid = part order by depth loop
        cols := archive.columns(p.part);
        execute format('insert into archive_years.%I (%s, archived_year) select %s, %s from public.%I x where %s',
                       p.relname, cols, (select string_agg('x.' || c, ', ') from unnest(string_to_array(cols, ', ')) c),
                       archive.year_of(p.part, 'x'), p.relname, archive.belongs(p.part, 'x'));
    end loop;
    for p in select part, relname from archive.parts() join pg_class on pg_class.oid = part order by depth desc loop
        execute format('delete from public.%I x where %s', p.relname, archive.belongs(p.part, 'x'));
    end loop;
    return moved;
end
$$;

-- How long what is kept: data with a basis and a validity (domain: retention per kind of data).
create table retention_rule (
    kind   text      not null check (kind in ('order_archive', 'caller', 'order_words')),
    months int       not null check (months between 1 and 600), -- after the order has ended
    basis  text      not null,
    valid  daterange not null check (not isempty(valid)),
    exclude using gist (kind with =, valid with &&)
);
insert into retention_rule (kind, months, basis, valid) values
    ('order_archive', 60, '默认：办结满五年的工单移到归档，照样查得到', daterange('2020-01-01', null)),
    ('caller', 24, '《个人信息保护法》第十九条：保存期限为实现处理目的所必要的最短时间；代点人的姓名和电话，办结两年后没有用处', daterange('2020-01-01', null)),
    ('order_words', 120, '《个人信息保护法》第十九条、第四十七条；默认：办结十年后只留事实，不留原话', daterange('2020-01-01', null));

select archive.follow();
