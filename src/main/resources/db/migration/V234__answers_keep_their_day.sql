-- Until when a company could object to something else, as its answer said when it was given: the paper reads the same whenever it is printed.
alter table evaluation_objection
    add column open_until date,
    add constraint evaluation_objection_open_until check (open_until is null or decided_at is not null);
comment on column evaluation_objection.open_until is '答复时，到哪天为止还能对别的部分提异议';

update evaluation_objection o set open_until = (
    select max(d.until)
    from (select c.objection_until as until
          from evaluation_project p join evaluation_campaign c on c.id = p.campaign
          where p.id = o.project
          union all
          select h.until from evaluation_hearing h
          where h.project = o.project and h.opened_on <= (o.decided_at at time zone 'Asia/Shanghai')::date) d
    where d.until >= (o.decided_at at time zone 'Asia/Shanghai')::date)
where o.decided_at is not null;
