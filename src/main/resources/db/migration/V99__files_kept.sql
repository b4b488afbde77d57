-- How long the files of evaluations and listings are kept, after what they belong to has ended: data like the rest.
alter table retention_rule drop constraint retention_rule_kind_check;
alter table retention_rule add constraint retention_rule_kind_check
    check (kind in ('order_archive', 'caller', 'order_words', 'evaluation_files', 'listing_files'));
insert into retention_rule (kind, months, basis, valid) values
    ('evaluation_files', 60, '《个人信息保护法》第十九条；默认：得分进三年的招投标参考，复核、诉讼再留两年，以后只留得分和决定', daterange('2020-01-01', null)),
    ('listing_files', 60, '《个人信息保护法》第十九条；默认：移出、撤销以后留五年备查，以后只留决定书和经过', daterange('2020-01-01', null));
