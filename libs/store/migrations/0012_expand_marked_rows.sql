-- Up Migration
-- What a decision by staff asks of few rows only, as one function (as in 0008: a read by staff prepares less, 0.21 ms of 0.22).

-- libs/access/src/scope/staff.ts, on a row that has labels or whose patient has a spärr: PDL (2008:355) 4 kap, SVOD (2022:913) 1 kap
-- 3 §, 2 kap 2, 3 and 6 §§. The row as in table resource, `information` as of block_state; `blocks`: whether any spärr stands;
-- `available`: of whose data the patient is informed, of those that take part; then the grounds: within the organisation in place of
-- others, across organisations, of the own unit, of other units, and of these where an inner spärr is lifted; then the reader.
-- The FROM keeps it from being inlined.
create function marked_ground(
  patient text, custodian text, author_unit text, type text, starts timestamptz, labels text[], information text[],
  blocks boolean, available text[], opened text, across text, own_unit text, same_organisation text, lifted text,
  own text, unit text, employee text, at timestamptz
) returns text language sql stable parallel safe as $$
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
$$;
