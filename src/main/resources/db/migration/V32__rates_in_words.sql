-- What the tables of the rates are called where something builds on a thing that somebody wants to take back.
comment on table rate_appeal is '三率申诉';
comment on table rate_appeal_step is '三率申诉的经过';
comment on table rate_appeal_remark is '三率申诉里写的话';
comment on table rate_appeal_reason is '三率申诉的理由';
comment on table rate_ruling is '三率申诉定下的';
comment on table rate_group is '同类比较的分组';
comment on table rate_report is '三率月报';
