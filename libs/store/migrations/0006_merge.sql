-- Up Migration
-- Patient/$merge: what is about one Patient becomes about another, and stays in its bucket, where its versions are.

-- The bucket of a moved resource is that of the Patient it was about first, so a claim is judged by its patient alone.
alter table claim drop constraint claim_once;
alter table claim add constraint claim_once exclude using gist (patient with =, key with =, during with &&);

alter table version add column activity text collate "C";
comment on column version.activity is 'what made the version where its method does not tell: merge';
