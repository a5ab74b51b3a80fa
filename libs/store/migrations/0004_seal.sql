-- Up Migration
-- Tamper evidence of the audit: docs/operations.md, "The audit cannot be altered unseen".

-- The order in which rows are sealed and verified.
create index audit_sealing on audit (xid, id);

drop table seal;
create table seal_round (
  round    bigint      primary key,
  at       timestamptz not null,
  upto_xid xid8        not null,
  upto_id  uuid        not null,
  seals    integer     not null,
  rows     integer     not null,
  root     bytea       not null,
  previous bytea       not null,
  hash     bytea       not null
);
comment on table seal_round is 'one chain over all buckets: a round seals the audit rows after the last one up to (upto_xid, upto_id); insert only';
comment on column seal_round.root is 'SHA-256 of the hashes of its seals, in the order of buckets';
comment on column seal_round.hash is 'SHA-256 of the canonical JSON of the other columns; libs/store/src/seal/chain-form.ts';

create table seal (
  bucket   smallint not null,
  number   bigint   not null,
  round    bigint   not null,
  total    bigint   not null,
  ids      uuid[]   not null,
  times    bigint[] not null,
  hashes   bytea    not null,
  previous bytea    not null,
  hash     bytea    not null,
  primary key (bucket, number),
  constraint seal_round_bucket unique (round, bucket)
);
comment on table seal is 'one chain a bucket: the audit rows of the bucket that a round sealed, in the order of (xid, id); insert only';
comment on column seal.total is 'rows of the bucket sealed so far, these included';
comment on column seal.times is 'microseconds since 1970 of audit.at, so that a row that is gone still has its time';
comment on column seal.hashes is 'SHA-256 of each row, 32 bytes each; libs/store/src/seal/row-form.ts';
comment on column seal.hash is 'SHA-256 of the canonical JSON of the other columns; libs/store/src/seal/chain-form.ts';

create table checkpoint (
  number    bigint      primary key,
  at        timestamptz not null,
  kind      text        not null,
  round     bigint      not null,
  body      text        not null,
  key       text        not null,
  signature bytea       not null
);
comment on table checkpoint is 'signed states of the seals, to be exported; insert only';
comment on column checkpoint.body is 'canonical JSON that is signed; libs/store/src/seal/checkpoint.ts';

grant select, insert on seal, seal_round, checkpoint to naravard_service;

-- A month that was not opened in time has its rows in audit_rest, and could not be opened any more: they move into it.
create or replace function open_audit_partitions(first date, months integer) returns void
language plpgsql set timezone = 'UTC' as $$
declare
  month date := date_trunc('month', first)::date;
  following date;
  name text;
begin
  for step in 1..months loop
    following := (month + interval '1 month')::date;
    name := 'audit_' || to_char(month, 'YYYY_MM');
    if to_regclass(name) is null then
      lock table audit_rest in access exclusive mode;
      execute format('create table %I (like audit including all)', name);
      execute format('with late as (delete from audit_rest where at >= %L and at < %L returning *) insert into %I select * from late',
        month, following, name);
      execute format('alter table audit attach partition %I for values from (%L) to (%L)', name, month, following);
    end if;
    month := following;
  end loop;
end $$;
comment on function open_audit_partitions is 'called with the owner''s rights: opens months of the audit, months are those of UTC';
