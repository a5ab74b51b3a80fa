-- Up Migration
-- The whole engine in one migration: docs/architecture.md tells what each table is for.
-- `bucket` leads every key so that the tables can be distributed by patient; `rid` never leaves the service.

create extension if not exists btree_gist;

create table resource (
  bucket          smallint    not null,
  rid             uuid        not null,
  type            text        collate "C" not null,
  id              text        collate "C" not null,
  version         integer     not null,
  deleted         boolean     not null,
  last_updated    timestamptz not null,
  xid             xid8        not null default pg_current_xact_id(),
  digest          bytea       not null,
  found           bytea       not null,
  patient         text        collate "C",
  custodian       text        collate "C",
  author_unit     text        collate "C",
  labels          text[]      collate "C" not null default '{}',
  needs_redaction boolean     not null default false,
  starts          timestamptz,
  ends            timestamptz,
  tokens          text[]      collate "C" not null,
  primary key (bucket, rid),
  constraint resource_type_id unique (type, id)
) with (fillfactor = 90);
comment on table resource is 'one key row per resource: decisions, paging and sorting run here';
comment on column resource.digest is 'SHA-256 of the stored text, 16 bytes: an unchanged update keeps its version';
comment on column resource.found is 'SHA-256 of the index rows, 16 bytes: an update that keeps them leaves their tables alone';
comment on column resource.starts is 'main date parameter as [starts, ends); infinity where open, null where absent';
comment on column resource.tokens is 'equality keys of token and uri parameters, libs/search/src/rows/index-rows.ts';

create index resource_patient on resource (patient, type, starts, id) where patient is not null;
create index resource_updated on resource (type, last_updated);
create index resource_starts on resource (type, starts);
create index resource_ends on resource (type, ends);
-- The pending list is kept short: it is read in full by every search that uses the index.
create index resource_tokens on resource using gin (tokens) with (fastupdate = on, gin_pending_list_limit = 256);

create table version (
  bucket       smallint    not null,
  rid          uuid        not null,
  version      integer     not null,
  type         text        collate "C" not null,
  method       text        not null,
  last_updated timestamptz not null,
  xid          xid8        not null default pg_current_xact_id(),
  custodian    text        collate "C",
  author_unit  text        collate "C",
  meta         text,
  body         text,
  primary key (bucket, rid, version)
) with (toast_tuple_target = 8160);
comment on table version is 'append-only bodies; the current body is a version like any other; body null = deleted';
comment on column version.meta is 'members of meta but versionId and lastUpdated, without braces; null = none';
comment on column version.body is 'the text after meta: "," or "}" and on; libs/fhir/src/body.ts';
create index version_type_time on version (type, last_updated);

create table identifier (
  bucket smallint not null,
  rid    uuid     not null,
  type   text     collate "C" not null,
  param  text     collate "C" not null,
  system text     collate "C",
  value  text     collate "C" not null
);
create index identifier_value on identifier (value, type, param, system);
create index identifier_rid on identifier (rid);

create table reference (
  bucket      smallint not null,
  rid         uuid     not null,
  type        text     collate "C" not null,
  param       text     collate "C" not null,
  target_type text     collate "C",
  target      text     collate "C",
  system      text     collate "C",
  value       text     collate "C"
);
comment on table reference is 'edges, read in both directions; target_type null = canonical or absolute URL in target';
create index reference_target on reference (target, type, param);
create index reference_rid on reference (rid);

create table text_value (
  bucket smallint not null,
  rid    uuid     not null,
  type   text     collate "C" not null,
  param  text     collate "C" not null,
  folded text     collate "C" not null,
  exact  text     collate "C" not null
);
create index text_value_folded on text_value (type, param, folded);
create index text_value_rid on text_value (rid);

create table date_value (
  bucket smallint    not null,
  rid    uuid        not null,
  type   text        collate "C" not null,
  param  text        collate "C" not null,
  starts timestamptz not null,
  ends   timestamptz not null
);
create index date_value_starts on date_value (type, param, starts);
create index date_value_ends on date_value (type, param, ends);
create index date_value_rid on date_value (rid);

create table quantity_value (
  bucket smallint not null,
  rid    uuid     not null,
  type   text     collate "C" not null,
  param  text     collate "C" not null,
  low    numeric  not null,
  high   numeric  not null,
  system text     collate "C",
  code   text     collate "C",
  unit   text     collate "C"
);
comment on column quantity_value.low is 'inclusive bounds, low = high for a plain value; infinity where open';
create index quantity_value_low on quantity_value (type, param, low);
create index quantity_value_rid on quantity_value (rid);

create table claim (
  bucket  smallint  not null,
  rid     uuid      not null,
  patient text      collate "C" not null,
  key     text      collate "C" not null,
  during  tstzrange not null,
  constraint claim_once exclude using gist (bucket with =, patient with =, key with =, during with &&)
);
comment on table claim is 'how a module says "at most one at a time" without the store knowing why';
create index claim_rid on claim (rid);

create table care_relation (
  bucket       smallint  not null,
  rid          uuid      not null,
  patient      text      collate "C" not null,
  organisation text      collate "C" not null,
  unit         text      collate "C",
  person       text      collate "C",
  kind         text      collate "C" not null,
  during       tstzrange not null
);
create index care_relation_patient on care_relation (patient, organisation);
create index care_relation_rid on care_relation (rid);

create table consent (
  bucket       smallint  not null,
  rid          uuid      not null,
  patient      text      collate "C" not null,
  kind         text      collate "C" not null,
  organisation text      collate "C",
  unit         text      collate "C",
  person       text      collate "C",
  permit       boolean   not null,
  during       tstzrange not null
);
create index consent_patient on consent (patient, organisation);
create index consent_rid on consent (rid);

create table block (
  bucket            smallint  not null,
  rid               uuid      not null,
  patient           text      collate "C" not null,
  reach             text      not null check (reach in ('inner', 'outer')),
  organisation      text      collate "C" not null,
  unit              text      collate "C",
  information       tstzrange not null,
  excluded_types    text[]    collate "C" not null default '{}',
  during            tstzrange not null,
  revoked_for_unit  text      collate "C",
  revoked_for_person text     collate "C",
  revoked_during    tstzrange
);
create index block_patient on block (patient, organisation);
create index block_rid on block (rid);

create table emergency (
  bucket       smallint  not null,
  rid          uuid      not null,
  patient      text      collate "C" not null,
  organisation text      collate "C" not null,
  unit         text      collate "C" not null,
  person       text      collate "C" not null,
  reason       text      not null,
  during       tstzrange not null
);
create index emergency_patient on emergency (patient, organisation);
create index emergency_rid on emergency (rid);

create table audit (
  at           timestamptz not null default clock_timestamp(),
  xid          xid8        not null default pg_current_xact_id(),
  bucket       smallint    not null,
  request      text        not null,
  interaction  text        not null,
  outcome      smallint    not null,
  reason       text        not null,
  actor_kind   text        not null,
  actor        text        collate "C",
  organisation text        collate "C",
  unit         text        collate "C",
  purpose      text,
  type         text        collate "C",
  patient      text        collate "C",
  targets      text[]      collate "C" not null default '{}',
  query        text
) partition by range (at);
comment on table audit is 'one compact row per request and patient; AuditEvents are rendered from it';
comment on column audit.outcome is 'AuditEvent.outcome: 0 success, 4 minor, 8 serious, 12 major failure';
create index audit_patient on audit (patient, at) where patient is not null;
create table audit_rest partition of audit default;

create function open_audit_partitions(first date, months integer) returns void
language plpgsql as $$
declare
  month date := date_trunc('month', first)::date;
begin
  for step in 1..months loop
    execute format('create table if not exists %I partition of audit for values from (%L) to (%L)',
      'audit_' || to_char(month, 'YYYY_MM'), month, (month + interval '1 month')::date);
    month := (month + interval '1 month')::date;
  end loop;
end $$;
comment on function open_audit_partitions is 'called with the owner''s rights at each migration: this month and the next';
revoke all on function open_audit_partitions from public;

create table seal (
  bucket   smallint    not null,
  number   bigint      not null,
  at       timestamptz not null default clock_timestamp(),
  upto     xid8        not null,
  rows     bigint      not null,
  previous bytea       not null,
  hash     bytea       not null,
  primary key (bucket, number)
);
comment on table seal is 'tamper evidence: a chain of hashes over audit rows, insert only';

create table outbox (
  bucket  smallint    not null,
  rid     uuid        not null,
  version integer     not null,
  xid     xid8        not null default pg_current_xact_id(),
  at      timestamptz not null default clock_timestamp(),
  type    text        collate "C" not null,
  id      text        collate "C" not null,
  method  text        not null,
  patient text        collate "C"
);
comment on table outbox is 'one row per committed change, read by an xid watermark; kept until delivered';
create index outbox_xid on outbox (xid);

-- The service's role owns nothing; versions, audit and seals cannot be changed or removed by it.
do $$ begin
  if not exists (select from pg_roles where rolname = 'naravard_service') then
    create role naravard_service nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
grant usage on schema public to naravard_service;
grant select, insert on version, audit, seal to naravard_service;
grant select, insert, update on resource to naravard_service;
grant select, insert, delete on identifier, reference, text_value, date_value, quantity_value to naravard_service;
grant select, insert, delete on claim, care_relation, consent, block, emergency to naravard_service;
grant select, insert, delete on outbox to naravard_service;
