-- Uploads of one account that belong to nothing yet: counted against its limit, and found when a form takes them over.
create index attachment_own_orphan on attachment (uploaded_by) where owner_id is null;
-- Whether any row still needs the bytes with this hash.
create index attachment_sha256 on attachment (sha256);
