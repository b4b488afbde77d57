-- On Citus, what a migration has made is spread over the nodes.
select distribute_over_nodes();
