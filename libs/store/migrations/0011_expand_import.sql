-- Up Migration
-- Bulk import (libs/store/src/bulk-import). How far a file is, so that an upload that breaks off goes on where it was, and what is
-- to be said of its lines: never a resource.

create table import (
  key       uuid        primary key,
  holder    text        collate "C" not null,
  id        uuid        not null,
  state     text        not null default 'open' check (state in ('open', 'done', 'forgotten')),
  worker    uuid,
  leased    timestamptz not null default '-infinity',
  line      bigint      not null default 0,
  digest    text        not null default '',
  created   bigint      not null default 0,
  updated   bigint      not null default 0,
  unchanged bigint      not null default 0,
  refused   bigint      not null default 0,
  warned    bigint      not null default 0,
  begun     timestamptz not null default now(),
  expires   timestamptz not null
);
create unique index import_holder on import (holder, id) where state <> 'forgotten';
create index import_expires on import (expires);
comment on table import is 'a file of resources that is uploaded, a resource a line, and how far it is';
comment on column import.holder is 'to whom alone it exists';
comment on column import.id is 'chosen by its holder';
comment on column import.worker is 'the upload that writes its lines, until leased';
comment on column import.line is 'number of the last line that is done, empty ones counted; digest is of the file so far';

create table import_outcome (
  import  uuid   not null,
  line    bigint not null,
  outcome text   not null,
  primary key (import, line)
);
comment on table import_outcome is 'what is told of a line that was refused, or written with a warning';

grant select, insert, update, delete on import, import_outcome to naravard_service;
