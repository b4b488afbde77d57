-- What the hotline's callers said and is still kept, by place and age: each night looks for what is to be given up among those alone.
create index hotline_case_kept on hotline_case (area, imported_at)
    where not waits and (words_cipher is not null or caller_name_cipher is not null or caller_phone_cipher is not null);
