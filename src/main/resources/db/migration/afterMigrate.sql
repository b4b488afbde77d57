-- Whatever a migration added to orders, their archive has it too; and on Citus it is spread over the nodes. A database that is
-- brought to an earlier version only has neither yet.
do $$
begin
    if to_regprocedure('archive.follow()') is not null then
        perform archive.follow();
    end if;
    if to_regprocedure('distribute_over_nodes()') is not null then
        perform distribute_over_nodes();
    end if;
end
$$;
