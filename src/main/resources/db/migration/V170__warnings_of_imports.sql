-- What is right in a file and yet to be thought of before it is written, such as a conflict that a contract brings about.
alter table import_error drop constraint import_error_found_check,
    add constraint import_error_found_check check (found in ('reading', 'checking', 'warning'));
alter table import_run add warnings int not null default 0;
