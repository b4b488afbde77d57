-- What a company hands in on paper against a score is entered in its name; the day it arrived counts (decision 82).
alter table evaluation_objection add column received_on date;
comment on column evaluation_objection.received_on is '书面交来的，收到的日子；在系统里提的空着';
