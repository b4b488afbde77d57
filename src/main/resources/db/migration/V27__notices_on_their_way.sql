-- How people hear of things besides their inbox: e-mail, what they want of it, the words as data, and hours of quiet.

-- A code is of no use later; what is urgent goes out at night as well.
alter table sms_message add column urgent boolean not null default false;
alter table sms_message add column expires_at timestamptz;
drop index sms_message_waiting;
create index sms_message_waiting on sms_message (next_try_at) where status = 'waiting';

-- The address of an account, encrypted like a phone. It counts once its owner has typed the code that was sent to it.
create table mail_address (
    account        bigint primary key references account (id),
    address_cipher bytea,
    confirmed_at   timestamptz,
    asked_cipher   bytea,       -- a new address, until its code comes back
    code_hash      text,
    code_until     timestamptz,
    code_tries     int  not null default 0,
    codes_on       date,        -- codes sent on this day
    codes          int  not null default 0,
    digest         boolean not null default false,
    check ((address_cipher is null) = (confirmed_at is null)),
    check ((asked_cipher is null) = (code_hash is null))
);
comment on table mail_address is '邮箱';

-- What somebody does not want, or wants: by sort of news and by channel. No row: as the sort says.
create table notice_choice (
    account bigint  not null references account (id),
    topic   text    not null,
    channel text    not null check (channel in ('sms', 'mail')),
    wanted  boolean not null,
    primary key (account, topic, channel)
);

create sequence mail_seq increment by 100;
create table mail_message (
    district       int         not null,
    id             bigint      not null,
    account        bigint,
    topic          text        not null,
    may_stop       boolean     not null default false, -- whether the letter says how not to get the next one
    to_cipher      bytea       not null,
    subject_cipher bytea       not null,
    body_cipher    bytea       not null,
    link           text        not null default '',
    urgent         boolean     not null default false,
    status         text        not null default 'waiting' check (status in ('waiting', 'sent', 'failed')),
    attempts       int         not null default 0,
    next_try_at    timestamptz not null,
    expires_at     timestamptz,
    created_at     timestamptz not null,
    sent_at        timestamptz,
    last_error     text,
    primary key (district, id)
);
create index mail_message_waiting on mail_message (next_try_at) where status = 'waiting';
create index mail_message_age on mail_message (created_at) where status <> 'waiting';
create index mail_message_account on mail_message (account);

-- What waits for the letter of the next morning.
create table mail_digest_item (
    district   int         not null,
    id         bigint      not null,
    account    bigint      not null,
    at         timestamptz not null,
    line_cipher bytea      not null,
    link       text        not null,
    primary key (district, id)
);
create index mail_digest_item_account on mail_digest_item (account, at);

-- Words as somebody set them; without a row those that come with the application are in force. Never changed, only followed by the next.
create table notice_template (
    event   text        not null,
    who     text        not null,
    channel text        not null check (channel in ('inbox', 'sms', 'mail')),
    version int         not null check (version >= 1),
    active  boolean     not null,
    title   text        not null default '' check (length(title) <= 80),
    words   text        not null default '' check (length(words) <= 1000),
    set_by  bigint      not null references account (id),
    set_at  timestamptz not null,
    primary key (event, who, channel, version)
);

-- From when to when only urgent things go out, by channel, from a day on and on a basis.
create table quiet_hours (
    id       bigint generated always as identity primary key,
    channel  text        not null check (channel in ('sms', 'mail')),
    quiet_from time      not null,
    quiet_to   time      not null,
    basis    text        not null check (length(basis) between 1 and 200),
    since    date        not null,
    set_by   bigint references account (id),
    set_at   timestamptz not null
);
create index quiet_hours_current on quiet_hours (channel, since desc, id desc);
