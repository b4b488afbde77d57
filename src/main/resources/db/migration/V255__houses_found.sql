-- Orders are found by the number of their house. The terms of an order name it in one form, however it was written: 3幢 for 3 栋,
-- 三号楼 and 3-2-501, 2单 for the entrance, 6楼 for the floor; and a number together with what follows it. Of an anonymous order
-- =3幢 says that its title, its words or its building have it, which also those may know who may not know where it comes from.
-- HouseNumbers and Grams say the same for what is filed from now on; see decision 90.
create function houses_of(said text) returns setof text
    language sql immutable as
$$
with found (m) as (
    select regexp_matches(lower(said),
        '(?<![a-z0-9-])(?:(\d{1,3})-(?:(\d{1,2})-)?(\d{3,4})(?![a-z0-9-])'
        '|([a-z]?\d{1,4}[a-z]?|[a-z])\s?(?:幢|栋|座|号楼|#(?:楼|(?=[\s\d]|$)))'
        '|(\d{1,2})\s?单元|(\d{1,2})\s?[楼层]|(\d{3,4})\s?[室户])'
        '|(?<![一二三四五六七八九十百零])([一二三四五六七八九十]{1,3})(?:(幢|栋|号楼)|(单元)|楼)', 'g')),
written (number, kind) as (
    select v.number, v.kind
    from found cross join lateral (values
        (m[1], '幢'), (m[2], '单'), (m[3], ''), (m[4], '幢'), (m[5], '单'), (m[6], '楼'), (m[7], ''),
        (case when m[8] like '十%' then '1' else '' end
             || translate(case when m[8] in ('十') or m[8] like '_十' then replace(m[8], '十', '0') else replace(m[8], '十', '') end,
                          '一二三四五六七八九', '123456789'),
         case when m[9] is not null then '幢' when m[10] is not null then '单' else '楼' end)) v (number, kind)
    where v.number <> '')
select case when kind = '' then number else regexp_replace(number, '^0+(?=.)', '') end || kind from written
$$;
create function numbers_of(said text) returns setof text
    language sql immutable as
$$
select m[1] from regexp_matches(lower(said), '([a-z0-9]+)', 'g') m
union all
select m[1] || m[2] from regexp_matches(lower(said), '([a-z0-9]+)\s?([一-鿿])', 'g') m
$$;

do $$
declare
    place text;
begin
    foreach place in array array['public', 'archive_years'] loop
        execute format($f$
            update %1$I.work_order_words w
            set grams = found.terms
            from (select x.district, x.order_id, array(
                      select unnest(x.grams)
                      union select numbers_of(x.title || E'\n' || x.words || E'\n' || x.place)
                      union select unnest(open.terms)
                      union select houses_of(x.place) where x.place <> ''
                      union select '=' || unnest(open.terms) where o.anonymous
                      union select numbers_of(coalesce(u.name, '') || E'\n' || coalesce(b.name, ''))
                      union select u.entrance || '单' where u.entrance is not null) as terms
                  from %1$I.work_order_words x
                           join %1$I.work_order o on o.district = x.district and o.id = x.order_id
                           left join public.building b on b.id = o.building
                           left join public.unit u on u.id = o.unit
                           cross join lateral (
                               select array(select houses_of(x.title || E'\n' || x.words || E'\n'
                                   || case when b.name ~ '^([A-Za-z]?[0-9]{1,4}|[A-Za-z])$' then b.name || '幢' else coalesce(b.name, '') end
                               )) as terms offset 0) open
                  where cardinality(x.grams) > 0) found
            where w.district = found.district and w.order_id = found.order_id and not found.terms <@ w.grams
            $f$, place);
    end loop;
end
$$;
drop function houses_of(text);
drop function numbers_of(text);
