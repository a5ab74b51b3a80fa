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
  query text,
  id uuid not null default uuidv7(),
  commission text collate "C",
  title text,
  client text collate "C",
  custodians text[] collate "C" not null default '{}'::text[]
) partition by RANGE (at);

CREATE INDEX audit_across ON ONLY public.audit USING btree (at) WHERE (NOT (custodians <@ ARRAY[organisation]));
CREATE INDEX audit_id ON ONLY public.audit USING btree (id);
CREATE INDEX audit_organisation ON ONLY public.audit USING btree (organisation, at);
CREATE INDEX audit_patient ON ONLY public.audit USING btree (patient, at) WHERE (patient IS NOT NULL);
CREATE INDEX audit_sealing ON ONLY public.audit USING btree (xid, id);
grant insert, select on audit to naravard_service;

-- signed states of the seals, to be exported; insert only
create table checkpoint (
  number bigint not null,
  at timestamp with time zone not null,
  kind text not null,
  round bigint not null,
  body text not null,
  key text not null,
  signature bytea not null,
  constraint checkpoint_pkey PRIMARY KEY (number)
);

grant insert, select on checkpoint to naravard_service;

-- how a module says "at most one at a time" without the store knowing why
create table claim (
  bucket smallint not null,
  rid uuid not null,
  patient text collate "C" not null,
  key text collate "C" not null,
  during tstzrange not null,
  constraint claim_once EXCLUDE USING gist (patient WITH =, key WITH =, during WITH &&) WHERE ((patient <> '*'::text))
);

CREATE INDEX claim_rid ON public.claim USING btree (rid);
CREATE UNIQUE INDEX claim_of_all ON public.claim USING btree (key) WHERE (patient = '*'::text);
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

-- what access decides on: relations, consents, blocks, lifts, emergencies; stated by current resources. patient null: holds for an organisation
create table fact (
  bucket smallint not null,
  rid uuid not null,
  patient text collate "C",
  kind text collate "C" not null,
  organisation text collate "C",
  unit text collate "C",
  person text collate "C",
  during tstzrange not null,
  information tstzrange,
  types text[] collate "C" not null default '{}'::text[],
  about text collate "C",
  value text,
  author text collate "C",
  said text,
  reach text collate "C" default 
CASE
    WHEN (kind = ANY (ARRAY['block-inner'::text, 'block-outer'::text, 'deceased'::text, 'born'::text])) THEN '*'::text
    WHEN (kind = ANY (ARRAY['incapacity'::text, 'child-unable'::text])) THEN
    CASE
        WHEN isfinite(upper(during)) THEN (organisation || '  '::text)
        ELSE NULL::text
    END
    WHEN (kind = 'emergency'::text) THEN
    CASE
        WHEN isfinite(upper(during)) THEN ((((organisation || ' '::text) || unit) || ' '::text) || person)
        ELSE NULL::text
    END
    ELSE ((((organisation || ' '::text) || COALESCE(unit, ''::text)) || ' '::text) || COALESCE(person, ''::text))
END,
  counts_as text collate "C" default 
CASE
    WHEN ((kind = 'emergency'::text) AND (value = 'attested'::text)) THEN 'attested'::text
    ELSE kind
END
);

CREATE INDEX fact_patient ON public.fact USING btree (patient, kind, organisation);
CREATE INDEX fact_rid ON public.fact USING btree (rid);
CREATE INDEX fact_unit ON public.fact USING btree (organisation, unit, kind, patient);
grant delete, insert, select on fact to naravard_service;

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

-- a file of resources that is uploaded, a resource a line, and how far it is
create table import (
  key uuid not null,
  holder text collate "C" not null,
  id uuid not null,
  state text not null default 'open'::text,
  worker uuid,
  leased timestamp with time zone not null default '-infinity'::timestamp with time zone,
  line bigint not null default 0,
  digest text not null default ''::text,
  created bigint not null default 0,
  updated bigint not null default 0,
  unchanged bigint not null default 0,
  refused bigint not null default 0,
  warned bigint not null default 0,
  begun timestamp with time zone not null default now(),
  expires timestamp with time zone not null,
  constraint import_pkey PRIMARY KEY (key),
  constraint import_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'forgotten'::text])))
);

CREATE INDEX import_expires ON public.import USING btree (expires);
CREATE UNIQUE INDEX import_holder ON public.import USING btree (holder, id) WHERE (state <> 'forgotten'::text);
grant delete, insert, select, update on import to naravard_service;

-- what is told of a line that was refused, or written with a warning
create table import_outcome (
  import uuid not null,
  line bigint not null,
  outcome text not null,
  constraint import_outcome_pkey PRIMARY KEY (import, line)
);

grant delete, insert, select, update on import_outcome to naravard_service;

-- a request that is answered later, or a bulk export: what was asked, by whom, and how far it is
create table job (
  id uuid not null,
  holder text collate "C" not null,
  kind text not null,
  actor text not null,
  request text not null,
  body text,
  state text not null default 'running'::text,
  result text,
  worker uuid,
  leased timestamp with time zone not null default '-infinity'::timestamp with time zone,
  attempts smallint not null default 0,
  file integer not null default 0,
  position text collate "C" not null default ''::text,
  done bigint not null default 0,
  created timestamp with time zone not null default now(),
  ended timestamp with time zone,
  expires timestamp with time zone not null,
  constraint job_kind_check CHECK ((kind = ANY (ARRAY['request'::text, 'batch'::text, 'export'::text]))),
  constraint job_pkey PRIMARY KEY (id),
  constraint job_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);

CREATE INDEX job_expires ON public.job USING btree (expires);
CREATE INDEX job_holder ON public.job USING btree (holder);
CREATE INDEX job_waiting ON public.job USING btree (leased) WHERE (state = 'running'::text);
grant delete, insert, select, update on job to naravard_service;

-- what a job has found, by id and version and in order
create table job_item (
  job uuid not null,
  file integer not null,
  seq bigint not null,
  type text collate "C",
  id text collate "C",
  version integer,
  answer text,
  constraint job_item_pkey PRIMARY KEY (job, file, seq)
);

grant delete, insert, select, update on job_item to naravard_service;

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
  destroyed timestamp with time zone,
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

-- one chain a bucket: the audit rows of the bucket that a round sealed, in the order of (xid, id); insert only
create table seal (
  bucket smallint not null,
  number bigint not null,
  round bigint not null,
  total bigint not null,
  ids uuid[] not null,
  times bigint[] not null,
  hashes bytea not null,
  previous bytea not null,
  hash bytea not null,
  constraint seal_pkey PRIMARY KEY (bucket, number),
  constraint seal_round_bucket UNIQUE (round, bucket)
);

grant insert, select on seal to naravard_service;

-- one chain over all buckets: a round seals the audit rows after the last one up to (upto_xid, upto_id); insert only
create table seal_round (
  round bigint not null,
  at timestamp with time zone not null,
  upto_xid xid8 not null,
  upto_id uuid not null,
  seals integer not null,
  rows integer not null,
  root bytea not null,
  previous bytea not null,
  hash bytea not null,
  constraint seal_round_pkey PRIMARY KEY (round)
);

grant insert, select on seal_round to naravard_service;

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

-- SHA-256 of the jti of what may be used once; gone when it has expired
create table token_seen (
  issuer text collate "C" not null,
  digest bytea not null,
  expires timestamp with time zone not null,
  constraint token_seen_pkey PRIMARY KEY (issuer, digest)
);

CREATE INDEX token_seen_expires ON public.token_seen USING btree (expires);
grant delete, insert, select on token_seen to naravard_service;

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
  labels text[] collate "C" not null default '{}'::text[],
  author text collate "C",
  activity text collate "C",
  constraint version_pkey PRIMARY KEY (bucket, rid, version)
) with (toast_tuple_target=8160);

CREATE INDEX version_type_time ON public.version USING btree (type, last_updated);
grant insert, select on version to naravard_service;
alter table version enable row level security;
create policy netted on version as restrictive for select to naravard_netted using (( SELECT ((r.patient IS NULL) OR (r.custodian = current_setting('naravard.organisation'::text, true)) OR (r.patient = current_setting('naravard.patient'::text, true)) OR (EXISTS ( SELECT
           FROM fact f
          WHERE ((f.patient = r.patient) AND (f.organisation = current_setting('naravard.organisation'::text, true)))
         OFFSET 0)))
   FROM resource r
  WHERE ((r.bucket = version.bucket) AND (r.rid = version.rid))));
create policy service_all on version for all to naravard_service using (true) with check (true);

CREATE OR REPLACE FUNCTION public.block_state(patient text, custodian text, author_unit text, type text, starts timestamp with time zone, information text[], answer boolean, own text, unit text, employee text, at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select case when bool_and(exists (
    -- PDL (2008:355) 4 kap 5 § (inner), SVOD 2 kap 3 § and 3 kap 5 § (outer).
    select from fact lift
    where lift.patient = block.patient and lift.kind = 'lift' and lift.organisation = block.organisation and lift.about = block.about
      and lift.unit = block_state.unit and (lift.person is null or lift.person = block_state.employee) and lift.during @> block_state.at
      and case block.kind
        when 'block-outer' then lift.value = 'consent' or lift.value = 'blocker' and lift.author is not null
        else lift.author is not null and (lift.value = 'consent' or lift.value = 'indispensable' and block_state.type = any(lift.types))
      end
  )) then 'lifted' else 'blocked' end
  from fact block
  where block.patient = block_state.patient and block.organisation = block_state.custodian and block.during @> block_state.at
    and block.kind = case when block_state.custodian = block_state.own then 'block-inner' else 'block-outer' end
    -- What is not known of the row or the block counts as hit.
    and not (block.kind = 'block-inner' and block_state.answer)
    and (block.unit is null or block_state.author_unit is null or block.unit = block_state.author_unit)
    and not block.types && block_state.information
    and (block.information is null or block_state.starts is null or not isfinite(block_state.starts) or block.information @> block_state.starts)
  having count(*) > 0
$function$
;

CREATE OR REPLACE FUNCTION public.joined_facts(organisation text)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select string_agg(joined.said, ',') from fact joined
  where joined.patient is null and joined.kind = 'joined' and joined.organisation = joined_facts.organisation
$function$
;

CREATE OR REPLACE FUNCTION public.marked_ground(patient text, custodian text, author_unit text, type text, starts timestamp with time zone, labels text[], information text[], blocks boolean, available text[], opened text, across text, own_unit text, same_organisation text, lifted text, own text, unit text, employee text, at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select case
    when custodian is null then null
    when is_own and author_unit = unit then coalesce(opened, own_unit)
    when labels && '{"https://naravard.se/fhir/CodeSystem/access|shows-block"}' then null
    when not is_own and (
      labels && '{"https://naravard.se/fhir/CodeSystem/access|outside-svod"}'
      or (case
        when labels && '{"https://naravard.se/fhir/CodeSystem/access|available-by-2-6"}' and takes_part(custodian, at) then array[own]
        else array[own, custodian]
      end <@ available) is not true
    ) then null
    else case case when blocks then block_state(
        patient, custodian, author_unit, type, starts, information,
        author_unit is null and labels && '{"https://naravard.se/fhir/CodeSystem/access|answer"}', own, unit, employee, at
      ) end
      when 'blocked' then null
      when 'lifted' then case when is_own then coalesce(opened, lifted) else across end
      else case when is_own then coalesce(opened, same_organisation) else across end
    end
  end
  from (select custodian = own) asked(is_own)
$function$
;

CREATE OR REPLACE FUNCTION public.open_audit_partitions(first date, months integer)
 RETURNS void
 LANGUAGE plpgsql
 SET "TimeZone" TO 'UTC'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION public.takes_part(organisation text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select exists (
    select from fact joined
    where joined.patient is null and joined.kind = 'joined' and joined.organisation = takes_part.organisation and joined.during @> takes_part.at
  )
$function$
;
