-- Rules that came with the application name nobody, and stay when all accounts go; the audit log tells who added one.
alter table listing_basis drop constraint listing_basis_set_by_fkey;
