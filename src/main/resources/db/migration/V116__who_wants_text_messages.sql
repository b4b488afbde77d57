-- Looked at for each batch of news: whether anybody at all wants text messages of a topic that comes to nobody by itself.
create index notice_choice_sms on notice_choice (topic) where channel = 'sms' and wanted;
