-- Orders filed before there was a blind index of callers' phones: what is left to index, found without reading the rest. A job fills it
-- in and the index empties itself.
create index work_order_words_unindexed on work_order_words (district, order_id)
    where caller_phone_cipher is not null and caller_phone_index is null;

-- Text messages take their numbers in blocks, like the other busy tables: an identity column asks the sequence for each row, and
-- cannot be distributed.
create sequence sms_seq increment by 100;
select setval('sms_seq', coalesce((select max(id) from sms_message), 0) / 100 * 100 + 101, false);
alter table sms_message alter column id drop identity;
