-- Up Migration
-- What search needs beyond the engine: docs/search.md, "Where it lies".

-- _text and _content (libs/search/src/full-text/full-text.ts). One tsvector serves both: words of the narrative have weight A. It
-- is apart from the other index rows, with a digest of its own on the key row, so that an update that changes nothing but
-- a text (most do) replaces this one row and leaves the other tables alone.
alter table resource add column words bytea;
comment on column resource.words is 'SHA-256 of the text in full_text, 16 bytes; null = no text';

create table full_text (
  bucket smallint not null,
  rid    uuid     not null,
  type   text     collate "C" not null,
  words  tsvector not null,
  primary key (bucket, rid)
);
comment on table full_text is 'words for people: stems of Swedish, weight A in the narrative';
-- The pending list is kept short, as that of resource_tokens is: every search reads it in full.
create index full_text_words on full_text using gin (words) with (fastupdate = on, gin_pending_list_limit = 256);
create index full_text_narrative on full_text using gin (ts_filter(words, '{a}'))
  with (fastupdate = on, gin_pending_list_limit = 256) where ts_filter(words, '{a}') <> '';
grant select, insert, update, delete on full_text to naravard_service;

-- Composite parameters (libs/search/src/types/composite/composite-rows.ts): one row an element, for each way to take one number, date and
-- text of its components. Codes, units and references of all components stand in `tokens`, led by the component's name,
-- so that one GIN index finds `code$value` whatever the values are.
create table composite_value (
  bucket smallint      not null,
  rid    uuid          not null,
  type   text          collate "C" not null,
  param  text          collate "C" not null,
  tokens text[]        collate "C" not null,
  lows   numeric[]     not null,
  highs  numeric[]     not null,
  starts timestamptz[] not null,
  ends   timestamptz[] not null,
  texts  text[]        collate "C" not null
);
comment on table composite_value is 'elements that composite parameters find; arrays count the components of their kind';
create index composite_value_tokens on composite_value using gin (tokens) with (fastupdate = on, gin_pending_list_limit = 256);
create index composite_value_rid on composite_value (rid);
grant select, insert, delete on composite_value to naravard_service;

-- Names are sorted as Swedish sorts them, å ä ö after z (libs/search/src/types/string/swedish-order.ts).
do $$ begin
  if not exists (select from pg_collation where collname = 'sv-x-icu') then
    raise exception 'collation sv-x-icu is missing: naravard needs a PostgreSQL that is built with ICU';
  end if;
end $$;

-- :contains of strings (libs/search/src/types/string/string.ts), in the texts themselves: those of codes and the further ways into
-- a name, which have no `exact`, are only searched from their beginning. At 50,000
-- Patients of 16 texts each it has 15 MB beside the 62 MB of the table, adds 0.1 ms to the write of one, and finds a name
-- that nobody has in 0.5 ms rather than 700.
alter table text_value alter column exact drop not null;
create extension if not exists pg_trgm;
create index text_value_trigrams on text_value using gin (folded gin_trgm_ops)
  with (fastupdate = on, gin_pending_list_limit = 256) where exact is not null;

-- :identifier of references (libs/search/src/types/reference/reference-value.ts); most references have none.
create index reference_logical on reference (value, type, param) where value is not null;

-- Newest first over a whole type, those without a date last: `Encounter?_sort=-date` sorted 500,000 rows (780 ms), now 2 ms.
create index resource_starts_down on resource (type, starts desc nulls last);

-- Custom search parameters and the reindex (docs/adr/0009-custom-search-parameters.md). Each key row says which version of
-- the catalog its index rows were taken with, so that the rows of a writer that did not know it yet can be told.
alter table resource add column catalog integer not null default 0;
comment on column resource.catalog is 'version of the search catalog that its index rows were taken with';

create table search_parameter (
  bucket     smallint not null,
  rid        uuid     not null,
  type       text     collate "C" not null,
  base       text     collate "C" not null,
  code       text     collate "C" not null,
  url        text     collate "C" not null,
  definition text     collate "C" not null,
  constraint search_parameter_code unique (base, code),
  constraint search_parameter_url exclude using gist (url with =, rid with <>)
);
comment on table search_parameter is 'what the active SearchParameter resources ask for, one row a base type';
create index search_parameter_rid on search_parameter (rid);

create table custom_parameter (
  base       text    collate "C" not null,
  code       text    collate "C" not null,
  url        text    collate "C" not null,
  definition text    collate "C" not null,
  version    integer not null,
  primary key (base, code)
);
comment on table custom_parameter is 'what every process takes rows for, and the version of the catalog that brought it';

create table search_catalog (
  one     boolean     primary key default true check (one),
  version integer     not null,
  changed timestamptz not null default now(),
  xid     xid8        not null default pg_current_xact_id()
);
comment on table search_catalog is 'one row; its lock is held by who changes custom_parameter';
insert into search_catalog (version) values (1);

create table reindex (
  type     text        collate "C" primary key,
  version  integer     not null,
  ready    integer     not null default 0,
  position text        collate "C" not null default '',
  walked   boolean     not null default false,
  done     bigint      not null default 0,
  total    bigint      not null default 0,
  started  timestamptz,
  updated  timestamptz not null default now(),
  swept    timestamptz not null default now()
);
comment on table reindex is 'the walk that brings a type to a version of the catalog; goes on from position';
comment on column reindex.ready is 'version that all resources of the type are known to have reached';
-- What an earlier release stored lacks the rows of this one.
insert into reindex (type, version) select distinct type, 1 from resource;

grant select, insert, delete on search_parameter to naravard_service;
grant select, insert, update, delete on custom_parameter, reindex to naravard_service;
grant select, update on search_catalog to naravard_service;
