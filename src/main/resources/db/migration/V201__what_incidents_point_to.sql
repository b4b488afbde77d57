-- Notices to many point to estates and buildings without foreign keys, as orders do: neither is deleted under them.
comment on table incident is '群体通知';
comment on column incident.estate is '→ estate';
comment on column incident.building is '→ building';
