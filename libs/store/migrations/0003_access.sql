-- Up Migration
-- What the access decision looks at (docs/access.md). One table of facts in place of four, since every decision asks for all
-- facts of a patient at once: one index probe finds them (docs/adr/0011-one-table-of-facts.md).
drop table care_relation;
drop table consent;
drop table block;
drop table emergency;

create table fact (
  bucket       smallint  not null,
  rid          uuid      not null,
  patient      text      collate "C",
  kind         text      collate "C" not null,
  organisation text      collate "C",
  unit         text      collate "C",
  person       text      collate "C",
  during       tstzrange not null,
  information  tstzrange,
  types        text[]    collate "C" not null default '{}',
  about        text      collate "C",
  value        text,
  author       text      collate "C",
  said         text
);
comment on column fact.said is 'the whole row as JSON, for the second check: written once, read by every request';
comment on table fact is 'what access decides on: relations, consents, blocks, lifts, emergencies; stated by current resources. patient null: holds for an organisation';
create index fact_patient on fact (patient, kind, organisation);
create index fact_unit on fact (organisation, unit, kind, patient);
create index fact_rid on fact (rid);
grant select, insert, delete on fact to naravard_service;

-- Labels of each version, so that what one of them keeps from its patient stays kept; who wrote it, for Provenance.
alter table version add column labels text[] collate "C" not null default '{}';
alter table version add column author text collate "C";

-- An identity for each row (AuditEvent.id), the chosen commission, the professional title, the client, and whose data were shown.
-- PostgreSQL 18 has it; ids in the order of time keep inserts at the end of the index.
do $$ begin
  if to_regprocedure('uuidv7()') is null then
    create function uuidv7() returns uuid language sql volatile as $f$
      select encode(overlay(overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6)
        placing set_byte(substring(uuid_send(gen_random_uuid()) from 7 for 1), 0, 112 | (random() * 15)::int) from 7 for 1), 'hex')::uuid
    $f$;
  end if;
end $$;
alter table audit add column id uuid not null default uuidv7();
alter table audit add column commission text collate "C";
alter table audit add column title text;
alter table audit add column client text collate "C";
alter table audit add column custodians text[] collate "C" not null default '{}';
create index audit_id on audit (id);
create index audit_organisation on audit (organisation, at);
-- What others did with an organisation's data, which its log reviewer asks for: few of all rows.
create index audit_across on audit (at) where not custodians <@ array[organisation];

-- Client assertions and DPoP proofs may be used once, whichever process they come to; rows go when they have expired.
create table token_seen (
  issuer  text collate "C" not null,
  digest  bytea not null,
  expires timestamptz not null,
  primary key (issuer, digest)
);
comment on table token_seen is 'SHA-256 of the jti of what may be used once; gone when it has expired';
create index token_seen_expires on token_seen (expires);
grant select, insert, delete on token_seen to naravard_service;
