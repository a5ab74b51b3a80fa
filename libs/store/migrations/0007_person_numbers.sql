-- Up Migration
-- One number of a person is one Patient's: claims of "at most one in all", beside those of "at most one a patient".

-- In place of a patient those have a star, which is no id, and a key of their own that holds no number in clear.
alter table claim drop constraint claim_once;
alter table claim add constraint claim_once exclude using gist (patient with =, key with =, during with &&) where (patient <> '*');
create unique index claim_of_all on claim (key) where patient = '*';

-- Of persons who were registered twice the first in use gets the claim; one that was merged after all others, and one that is not
-- in use none. The second is changed without (held-before.ts) until it is merged (Patient/$merge).
-- The keys and the forms are those of services/care-team/src/person-numbers.ts; a day that its month has not is claimed until the
-- Patient is next written.
insert into claim (bucket, rid, patient, key, during)
select distinct on (i.value) r.bucket, r.rid, '*', 'person ' || encode(sha256(convert_to(i.value, 'UTF8')), 'hex'), '[-infinity,infinity)'
from identifier i join resource r on r.bucket = i.bucket and r.rid = i.rid
  cross join lateral (select exists (select from fact f where f.bucket = r.bucket and f.rid = r.rid and f.kind = 'replaced') as merged) m
where i.type = 'Patient' and i.param = 'identifier' and not r.deleted
  and i.system in ('http://electronichealth.se/identifier/personnummer', 'http://electronichealth.se/identifier/samordningsnummer', 'http://electronichealth.se/identifier/nationelltReservnummer')
  and i.value ~ case when i.system like '%/nationelltReservnummer' then '^[0-9]{8}[0-9A-Z]{4}$' else '^[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])[0-9]{4}$' end
  and (m.merged or not r.tokens @> array['active=false'])
order by i.value, m.merged, r.rid;
