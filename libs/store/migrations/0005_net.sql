-- Up Migration
-- The third net under a Scope that was forgotten: bodies, and nothing else, have row-level security (docs/access.md, "Third
-- net"). On the tables that are searched it would switch off the indexes whose operators are not leakproof.

-- Marks what was destroyed by decision of IVO (PDL 8 kap 4 §): the key row alone stays, so that its id tells as much.
alter table resource add column destroyed timestamptz;
comment on column resource.destroyed is 'when its contents were destroyed by decision of IVO; null = never';

-- Acts with the service's rights, and sees of the bodies what the settings of its transaction allow.
do $$ begin
  if not exists (select from pg_roles where rolname = 'naravard_netted') then
    create role naravard_netted nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not pg_has_role('naravard_netted', 'naravard_service', 'usage') then
    grant naravard_service to naravard_netted;
  end if;
end $$;

alter table version enable row level security;
create policy service_all on version to naravard_service using (true) with check (true);
-- Restrictive, because the netted role is a member of the service's and has its policy too. Scalar subqueries and `offset 0`
-- keep each look-up one by key: PostgreSQL may hash an `exists` over all the table.
create policy netted on version as restrictive for select to naravard_netted using ((
  select r.patient is null
    or r.custodian = current_setting('naravard.organisation', true)
    or r.patient = current_setting('naravard.patient', true)
    or exists (
      select from fact f
      where f.patient = r.patient and f.organisation = current_setting('naravard.organisation', true) offset 0
    )
  from resource r where r.bucket = version.bucket and r.rid = version.rid
));
