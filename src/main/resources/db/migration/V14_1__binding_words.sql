-- What an applicant tells the community so that it can check (a name, a deed): encrypted, erased with the decision.
alter table binding_request add words_cipher bytea;
