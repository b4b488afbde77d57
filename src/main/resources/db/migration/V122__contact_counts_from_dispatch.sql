-- The clock of the first contact has always run from dispatch, and so it stays: a resident waits as long whoever is slow to take the
-- order. The words that came with the application said otherwise; what a place has set itself stays as it said it.
update deadline_rule
set basis = replace(basis, '默认：接单后', '默认：派单后')
where clock = 'contact' and set_by is null and basis like '默认：接单后 %';
