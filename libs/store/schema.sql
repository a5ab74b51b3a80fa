-- Written by `npm run schema`; a test compares it with what the migrations make.

-- one compact row per request and patient; AuditEvents are rendered from it
create table audit (
  at timestamp with time zone not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id(),
  bucket smallint not null,
  request text not null,
  interaction text not null,
  outcome smallint not null,
  reason text not null,
  actor_kind text not null,
  actor text collate "C",
  organisation text collate "C",
  unit text collate "C",
  purpose text,
  type text collate "C",
  patient text collate "C",
  targets text[] collate "C" not null default '{}'::text[],
  query text
) partition by RANGE (at);

CREATE INDEX audit_patient ON ONLY public.audit USING btree (patient, at) WHERE (patient IS NOT NULL);
grant insert, select on audit to naravard_service;

create table block (
  bucket smallint not null,
  rid uuid not null,
  patient text collate "C" not null,
  reach text not null,
  organisation text collate "C" not null,
  unit text collate "C",
  information tstzrange not null,
  excluded_types text[] collate "C" not null default '{}'::text[],
  during tstzrange not null,
  revoked_for_unit text collate "C",
  revoked_for_person text collate "C",
  revoked_during tstzrange,
  constraint block_reach_check CHECK ((reach = ANY (ARRAY['inner'::text, 'outer'::text])))
);

CREATE INDEX block_patient ON public.block USING btree (patient, organisation);
CREATE INDEX block_rid ON public.block USING btree (rid);
grant delete, insert, select on block to naravard_service;

create table care_relation (
  bucket smallint not null,
  rid uuid not null,
  patient text collate "C" not null,
  organisation text collate "C" not null,
  unit text collate "C",
  person text collate "C",
  kind text collate "C" not null,
  during tstzrange not null
);

CREATE INDEX care_relation_patient ON public.care_relation USING btree (patient, organisation);
CREATE INDEX care_relation_rid ON public.care_relation USING btree (rid);
grant delete, insert, select on care_relation to naravard_service;

-- how a module says "at most one at a time" without the store knowing why
create table claim (
  bucket smallint not null,
  rid uuid not null,
  patient text collate "C" not null,
  key text collate "C" not null,
  during tstzrange not null,
  constraint claim_once EXCLUDE USING gist (bucket WITH =, patient WITH =, key WITH =, during WITH &&)
);

CREATE INDEX claim_rid ON public.claim USING btree (rid);
grant delete, insert, select on claim to naravard_service;

-- elements that composite parameters find; arrays count the components of their kind
create table composite_value (
  bucket smallint not null,
  rid uuid not null,
  type text collate "C" not null,
  param text collate "C" not null,
  tokens text[] collate "C" not null,
  lows numeric[] not null,
  highs numeric[] not null,
  starts timestamp with time zone[] not null,
  ends timestamp with time zone[] not null,
  texts text[] collate "C" not null
);

CREATE INDEX composite_value_rid ON public.composite_value USING btree (rid);
CREATE INDEX composite_value_tokens ON public.composite_value USING gin (tokens) WITH (fastupdate='on', gin_pending_list_limit='256');
grant delete, insert, select on composite_value to naravard_service;

create table consent (
  bucket smallint not null,
  rid uuid not null,
  patient text collate "C" not null,
  kind text collate "C" not null,
  organisation text collate "C",
  unit text collate "C",
  person text collate "C",
  permit boolean not null,
  during tstzrange not null
);

CREATE INDEX consent_patient ON public.consent USING btree (patient, organisation);
CREATE INDEX consent_rid ON public.consent USING btree (rid);
grant delete, insert, select on consent to naravard_service;

-- what every process takes rows for, and the version of the catalog that brought it
create table custom_parameter (
  base text collate "C" not null,
  code text collate "C" not null,
  url text collate "C" not null,
  definition text collate "C" not null,
  version integer not null,
  constraint custom_parameter_pkey PRIMARY KEY (base, code)
);

grant delete, insert, select, update on custom_parameter to naravard_service;

create table date_value (
  bucket smallint not null,
  rid uuid not null,
  type text collate "C" not null,
  param text collate "C" not null,
  starts timestamp with time zone not null,
  ends timestamp with time zone not null
);

CREATE INDEX date_value_ends ON public.date_value USING btree (type, param, ends);
CREATE INDEX date_value_rid ON public.date_value USING btree (rid);
CREATE INDEX date_value_starts ON public.date_value USING btree (type, param, starts);
grant delete, insert, select on date_value to naravard_service;

create table emergency (
  bucket smallint not null,
  rid uuid not null,
  patient text collate "C" not null,
  organisation text collate "C" not null,
  unit text collate "C" not null,
  person text collate "C" not null,
  reason text not null,
  during tstzrange not null
);

CREATE INDEX emergency_patient ON public.emergency USING btree (patient, organisation);
CREATE INDEX emergency_rid ON public.emergency USING btree (rid);
grant delete, insert, select on emergency to naravard_service;

-- words for people: stems of Swedish, weight A in the narrative
create table full_text (
  bucket smallint not null,
  rid uuid not null,
  type text collate "C" not null,
  words tsvector not null,
  constraint full_text_pkey PRIMARY KEY (bucket, rid)
);

CREATE INDEX full_text_narrative ON public.full_text USING gin (ts_filter(words, '{a}'::"char"[])) WITH (fastupdate='on', gin_pending_list_limit='256') WHERE (ts_filter(words, '{a}'::"char"[]) <> ''::tsvector);
CREATE INDEX full_text_words ON public.full_text USING gin (words) WITH (fastupdate='on', gin_pending_list_limit='256');
grant delete, insert, select, update on full_text to naravard_service;

create table identifier (
  bucket smallint not null,
  rid uuid not null,
  type text collate "C" not null,
  param text collate "C" not null,
  system text collate "C",
  value text collate "C" not null
);

CREATE INDEX identifier_rid ON public.identifier USING btree (rid);
CREATE INDEX identifier_value ON public.identifier USING btree (value, type, param, system);
grant delete, insert, select on identifier to naravard_service;

-- one row per committed change, read by an xid watermark; kept until delivered
create table outbox (
  bucket smallint not null,
  rid uuid not null,
  version integer not null,
  xid xid8 not null default pg_current_xact_id(),
  at timestamp with time zone not null default clock_timestamp(),
  type text collate "C" not null,
  id text collate "C" not null,
  method text not null,
  patient text collate "C"
);

CREATE INDEX outbox_xid ON public.outbox USING btree (xid);
grant delete, insert, select on outbox to naravard_service;

create table quantity_value (
  bucket smallint not null,
  rid uuid not null,
  type text collate "C" not null,
  param text collate "C" not null,
  low numeric not null,
  high numeric not null,
  system text collate "C",
  code text collate "C",
  unit text collate "C"
);

CREATE INDEX quantity_value_low ON public.quantity_value USING btree (type, param, low);
CREATE INDEX quantity_value_rid ON public.quantity_value USING btree (rid);
grant delete, insert, select on quantity_value to naravard_service;

-- edges, read in both directions; target_type null = canonical or absolute URL in target
create table reference (
  bucket smallint not null,
  rid uuid not null,
  type text collate "C" not null,
  param text collate "C" not null,
  target_type text collate "C",
  target text collate "C",
  system text collate "C",
  value text collate "C"
);

CREATE INDEX reference_logical ON public.reference USING btree (value, type, param) WHERE (value IS NOT NULL);
CREATE INDEX reference_rid ON public.reference USING btree (rid);
CREATE INDEX reference_target ON public.reference USING btree (target, type, param);
grant delete, insert, select on reference to naravard_service;

-- the walk that brings a type to a version of the catalog; goes on from position
create table reindex (
  type text collate "C" not null,
  version integer not null,
  ready integer not null default 0,
  position text collate "C" not null default ''::text,
  walked boolean not null default false,
  done bigint not null default 0,
  total bigint not null default 0,
  started timestamp with time zone,
  updated timestamp with time zone not null default now(),
  swept timestamp with time zone not null default now(),
  constraint reindex_pkey PRIMARY KEY (type)
);

grant delete, insert, select, update on reindex to naravard_service;

-- one key row per resource: decisions, paging and sorting run here
create table resource (
  bucket smallint not null,
  rid uuid not null,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  deleted boolean not null,
  last_updated timestamp with time zone not null,
  xid xid8 not null default pg_current_xact_id(),
  digest bytea not null,
  found bytea not null,
  patient text collate "C",
  custodian text collate "C",
  author_unit text collate "C",
  labels text[] collate "C" not null default '{}'::text[],
  needs_redaction boolean not null default false,
  starts timestamp with time zone,
  ends timestamp with time zone,
  tokens text[] collate "C" not null,
  words bytea,
  catalog integer not null default 0,
  constraint resource_pkey PRIMARY KEY (bucket, rid),
  constraint resource_type_id UNIQUE (type, id)
) with (fillfactor=90);

CREATE INDEX resource_ends ON public.resource USING btree (type, ends);
CREATE INDEX resource_patient ON public.resource USING btree (patient, type, starts, id) WHERE (patient IS NOT NULL);
CREATE INDEX resource_starts ON public.resource USING btree (type, starts);
CREATE INDEX resource_starts_down ON public.resource USING btree (type, starts DESC NULLS LAST);
CREATE INDEX resource_tokens ON public.resource USING gin (tokens) WITH (fastupdate='on', gin_pending_list_limit='256');
CREATE INDEX resource_updated ON public.resource USING btree (type, last_updated);
grant insert, select, update on resource to naravard_service;

create table schema_migration (
  id integer not null default nextval('schema_migration_id_seq'::regclass),
  name character varying(255) not null,
  run_on timestamp without time zone not null,
  constraint schema_migration_pkey PRIMARY KEY (id)
);

grant select on schema_migration to naravard_service;

-- tamper evidence: a chain of hashes over audit rows, insert only
create table seal (
  bucket smallint not null,
  number bigint not null,
  at timestamp with time zone not null default clock_timestamp(),
  upto xid8 not null,
  rows bigint not null,
  previous bytea not null,
  hash bytea not null,
  constraint seal_pkey PRIMARY KEY (bucket, number)
);

grant insert, select on seal to naravard_service;

-- one row; its lock is held by who changes custom_parameter
create table search_catalog (
  one boolean not null default true,
  version integer not null,
  changed timestamp with time zone not null default now(),
  xid xid8 not null default pg_current_xact_id(),
  constraint search_catalog_one_check CHECK (one),
  constraint search_catalog_pkey PRIMARY KEY (one)
);

grant select, update on search_catalog to naravard_service;

-- what the active SearchParameter resources ask for, one row a base type
create table search_parameter (
  bucket smallint not null,
  rid uuid not null,
  type text collate "C" not null,
  base text collate "C" not null,
  code text collate "C" not null,
  url text collate "C" not null,
  definition text collate "C" not null,
  constraint search_parameter_code UNIQUE (base, code),
  constraint search_parameter_url EXCLUDE USING gist (url WITH =, rid WITH <>)
);

CREATE INDEX search_parameter_rid ON public.search_parameter USING btree (rid);
grant delete, insert, select on search_parameter to naravard_service;

create table text_value (
  bucket smallint not null,
  rid uuid not null,
  type text collate "C" not null,
  param text collate "C" not null,
  folded text collate "C" not null,
  exact text collate "C"
);

CREATE INDEX text_value_folded ON public.text_value USING btree (type, param, folded);
CREATE INDEX text_value_rid ON public.text_value USING btree (rid);
CREATE INDEX text_value_trigrams ON public.text_value USING gin (folded gin_trgm_ops) WITH (fastupdate='on', gin_pending_list_limit='256') WHERE (exact IS NOT NULL);
grant delete, insert, select on text_value to naravard_service;

-- append-only bodies; the current body is a version like any other; body null = deleted
create table version (
  bucket smallint not null,
  rid uuid not null,
  version integer not null,
  type text collate "C" not null,
  method text not null,
  last_updated timestamp with time zone not null,
  xid xid8 not null default pg_current_xact_id(),
  custodian text collate "C",
  author_unit text collate "C",
  meta text,
  body text,
  constraint version_pkey PRIMARY KEY (bucket, rid, version)
) with (toast_tuple_target=8160);

CREATE INDEX version_type_time ON public.version USING btree (type, last_updated);
grant insert, select on version to naravard_service;

CREATE OR REPLACE FUNCTION public.open_audit_partitions(first date, months integer)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  month date := date_trunc('month', first)::date;
begin
  for step in 1..months loop
    execute format('create table if not exists %I partition of audit for values from (%L) to (%L)',
      'audit_' || to_char(month, 'YYYY_MM'), month, (month + interval '1 month')::date);
    month := (month + interval '1 month')::date;
  end loop;
end $function$
;
