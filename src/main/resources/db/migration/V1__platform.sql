-- Platform: what every room of the house stands on. High-volume tables carry district first in their key.
create extension if not exists btree_gist;

-- Public holidays and working weekends (调休). A date without a row is Monday to Friday by rule.
create table calendar_day (
    day   date primary key,
    kind  text not null check (kind in ('holiday', 'workday')),
    name  text not null,
    basis text not null
);

-- Who did what to which thing, written in the transaction of the change. Holds ids, never personal text.
create sequence audit_seq increment by 100;
create table audit_entry (
    district     int         not null,
    id           bigint      not null,
    at           timestamptz not null,
    account      bigint,
    action       text        not null,
    subject_kind text        not null,
    subject_id   text        not null,
    area         text collate "C",
    detail       jsonb       not null default '{}',
    primary key (district, id)
);
create index audit_entry_subject on audit_entry (subject_kind, subject_id, id);
create index audit_entry_account on audit_entry (account, at desc);

-- What happened, for whoever listens after commit. Read below the oldest running transaction only.
create sequence event_seq increment by 100;
create table event_log (
    district int         not null,
    id       bigint      not null,
    tx       xid8        not null default pg_current_xact_id(),
    at       timestamptz not null,
    kind     text        not null,
    subject  text        not null,
    body     jsonb       not null default '{}',
    primary key (district, id)
);
create index event_log_order on event_log (tx, id);
create table event_cursor (
    consumer text primary key,
    tx       xid8   not null,
    id       bigint not null
);

-- One key, one body, one result. Same key with another body is refused.
create table idempotency_key (
    account    bigint      not null,
    key        text        not null check (length(key) between 8 and 80),
    body_hash  text        not null,
    result     text        not null default '',
    created_at timestamptz not null,
    primary key (account, key)
);
create index idempotency_key_age on idempotency_key (created_at);

-- Photos and documents. The bytes lie in the attachment store under the content hash of the cleaned file.
create table attachment (
    district    int         not null,
    id          uuid        not null,
    owner_kind  text,
    owner_id    text,
    purpose     text        not null,
    media_type  text        not null,
    byte_size   bigint      not null check (byte_size > 0),
    width       int,
    height      int,
    sha256      text        not null,
    file_name   text        not null,
    uploaded_by bigint      not null,
    uploaded_at timestamptz not null,
    primary key (district, id)
);
create index attachment_owner on attachment (district, owner_kind, owner_id);
create index attachment_orphan on attachment (uploaded_at) where owner_id is null;
-- Uploads of one account that belong to nothing yet: counted against its limit, and found when a form takes them over.
create index attachment_own_orphan on attachment (uploaded_by) where owner_id is null;
-- Whether any row still needs the bytes with this hash.
create index attachment_sha256 on attachment (sha256);

-- The inbox of an account.
create sequence notice_seq increment by 100;
create table notice (
    district int         not null,
    id       bigint      not null,
    account  bigint      not null,
    at       timestamptz not null,
    title    text        not null,
    body     text        not null,
    link     text        not null,
    read_at  timestamptz,
    primary key (district, id)
);
-- An inbox is read newest first. Ids come in blocks, one block for each running copy, so the time leads.
create index notice_newest on notice (account, at desc, id desc);
create index notice_unread on notice (account) where read_at is null;

-- Outgoing text messages: number and words are encrypted; sent by a job, retried, kept for the record.
create table sms_message (
    id          bigint generated always as identity primary key,
    to_cipher   bytea       not null,
    body_cipher bytea       not null,
    status      text        not null default 'waiting' check (status in ('waiting', 'sent', 'failed')),
    attempts    int         not null default 0,
    next_try_at timestamptz not null,
    created_at  timestamptz not null,
    sent_at     timestamptz,
    last_error  text
);
create index sms_message_waiting on sms_message (next_try_at) where status = 'waiting';

-- Facts about this installation: 'demo' when the demo city is loaded, and the like.
create table installation (
    name  text primary key,
    value text not null
);

-- db-scheduler
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);

-- Spring Session; varchar where the library has char, so that its text parameters are served by the index.
create table spring_session (
    primary_id            varchar(36) not null primary key,
    session_id            varchar(36) not null unique,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100)
);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);
create table spring_session_attributes (
    session_primary_id varchar(36)  not null references spring_session (primary_id) on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);
