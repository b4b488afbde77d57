-- Which orders a score counted, with the round in which each was confirmed (0: nobody did), as 340104-17:1. They can be named when they
-- lie in the archive. Null in scores of before.
alter table evaluation_score add column orders text[];
comment on column evaluation_score.orders is '算进去的工单：区划-编号:第几次确认办好';
