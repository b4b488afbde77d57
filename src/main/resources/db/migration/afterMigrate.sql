-- Whatever a migration added to orders, their archive has it too; and on Citus it is spread over the nodes.
select archive.follow();
select distribute_over_nodes();
