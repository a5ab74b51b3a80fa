-- Up Migration
-- One number of a person is one Patient's: claims of "at most one in all", beside those of "at most one a patient".

-- In place of a patient those have a star, which is no id, and a key of their own that holds no number in clear.
alter table claim drop constraint claim_once;
alter table claim add constraint claim_once exclude using gist (patient with =, key with =, during with &&) where (patient <> '*');
create unique index claim_of_all on claim (key) where patient = '*';

-- Of persons who were registered twice the first keeps the number; the second is merged (Patient/$merge), or cannot be changed.
-- The keys are those of services/care-team/src/person-numbers.ts.
insert into claim (bucket, rid, patient, key, during)
select distinct on (i.system, i.value) r.bucket, r.rid, '*', 'person ' || encode(sha256(convert_to(i.system || '|' || i.value, 'UTF8')), 'hex'), '[-infinity,infinity)'
from identifier i join resource r on r.bucket = i.bucket and r.rid = i.rid
where i.type = 'Patient' and i.param = 'identifier' and not r.deleted
  and i.system in ('http://electronichealth.se/identifier/personnummer', 'http://electronichealth.se/identifier/samordningsnummer', 'http://electronichealth.se/identifier/nationelltReservnummer')
  and not exists (select from fact f where f.bucket = r.bucket and f.rid = r.rid and f.kind = 'replaced')
order by i.system, i.value, r.rid;
