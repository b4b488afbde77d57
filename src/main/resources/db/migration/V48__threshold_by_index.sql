-- The value that holds at a place is that of the nearest area around it: five codes to look up, not every value there is to compare.
create index rule_threshold_place on rule_threshold (rule, name, area);

create or replace function threshold(rule_code text, threshold_name text, area_code text, on_day date, otherwise int) returns int
    language sql stable as
$$
select coalesce((select t.value
                 from rule_threshold t
                 where t.rule = rule_code and t.name = threshold_name and t.during @> on_day
                   and t.area = any (array[area_code, left(area_code, 9), left(area_code, 6), left(area_code, 4)])
                 order by length(t.area) desc
                 limit 1), otherwise)
$$;
