-- Whatever a migration added to orders, their archive has it too.
select archive.follow();
