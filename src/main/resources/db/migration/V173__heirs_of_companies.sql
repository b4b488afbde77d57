-- Who stands for a company on a day: itself, or the company that it, and that one in its turn, has merged into by then.
create function company_heir(company bigint, day date) returns bigint
    language sql stable parallel safe as
$$
with recursive line (id, step) as (
    select company, 0
    union all
    select b.successor, line.step + 1
    from line join body b on b.id = line.id
    where b.ending = 'merged' and b.until <= day and line.step < 20
)
select id from line order by step desc limit 1
$$;
