import type { SamordnadPlan } from '../../api/plan.ts';
import { AttentionList } from '../../ui/attention-list.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { Title } from '../title.tsx';
import { ageWords } from '../words.ts';

/** More would push whom to call out of sight on a telephone. */
const attentionRows = 2;

/** Who it is, to be checked aloud before anything else is done, the way in, and what to know at the door. */
export function PatientHead({ plan }: { plan: SamordnadPlan }) {
  const { name, born, identity, protectedIdentity, address, languages } = plan.patient;
  return (
    <header class="nv-patient-head">
      <Title tab="Patient">{name ?? 'Namn saknas'}</Title>
      <p class="nv-identity">
        {born && (
          <span>
            Född <b>{born}</b>, {ageWords(born, Date.now())}
          </span>
        )}
        {identity && (
          <span>
            Nummer <b>{identity}</b>
          </span>
        )}
      </p>
      {protectedIdentity && (
        <p class="nv-protected" role="note">
          <strong>Skyddade personuppgifter.</strong> Säg inte namn, adress eller nummer till någon annan.
        </p>
      )}
      {address && (
        <p class="nv-address">
          <Unbroken>{address.text}</Unbroken>
          {address.access && <strong class="nv-access">{address.access}</strong>}
        </p>
      )}
      {languages
        .filter(({ text, interpreter }) => interpreter || text !== 'Svenska')
        .map(({ text, interpreter }) => (
          <p key={text}>
            {interpreter ? 'Behöver tolk' : 'Talar'}: {text}
          </p>
        ))}
      <AttentionList attention={plan.attention} most={attentionRows} />
    </header>
  );
}
