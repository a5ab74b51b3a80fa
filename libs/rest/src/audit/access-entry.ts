import { actorOfKey } from '@naravard/access';
import type { Access } from '@naravard/store';
import type { NameOf } from './directory-names.ts';
import { doings } from './plain-words.ts';
import { isByOpening, sectionOf, type Voice, wordsOf } from './reason-words.ts';
import { statedTime } from './stated-time.ts';

/** For whom and with which names accesses are told. */
export interface Telling {
  voice: Voice;
  /** Id of the caller. */
  reader: string;
  organisation: NameOf;
  /** Undefined = staff are told by title and unit alone. */
  staff?: NameOf;
  /** Whether the reader can read the AuditEvents themselves. */
  events: boolean;
}

/** One access as a part of Parameters: for the person, in plain Swedish. */
export function accessPart(access: Access, telling: Telling): object {
  const { voice } = telling;
  const codes = access.reasons.filter((code) => wordsOf(code, voice) !== undefined);
  const isEmergency =
    isByOpening(access.reasons) || access.done.some(([interaction]) => interaction === '$nodoppning');
  const who = whoOf(access, telling);
  const what = doings(access.done, voice);
  const why = codes.map((code) => wordsOf(code, voice)).join('; ');
  const law = [...new Set(codes.map(sectionOf).filter((section) => section !== undefined))].join('; ');
  // The log itself vouches for the instant of its row alone: of a read made offline, when it was told of.
  const stated = access.told === null ? null : statedTime(access.told);
  const at = stated ?? access.at;
  const time = clock.format(new Date(at));
  const later = stated === null ? '' : ` (uppgivet i efterhand ${clock.format(new Date(access.at))})`;
  const text = `${isEmergency ? 'Nödöppning. ' : ''}${time}${later}: ${who} ${what}.${why && ` Skäl: ${why}.`}`;
  const legal = actorOfKey(access.organisation);
  return {
    name: 'access',
    part: [
      { name: 'text', valueString: text },
      { name: 'at', valueInstant: at },
      ...(stated === null ? [] : [{ name: 'recorded', valueInstant: access.at }]),
      { name: 'time', valueString: time },
      { name: 'who', valueString: who },
      ...(legal ? [{ name: 'organisation', valueString: telling.organisation(legal.hsaId) }] : []),
      ...(access.unit ? [{ name: 'unit', valueString: telling.organisation(access.unit) }] : []),
      ...(access.title ? [{ name: 'title', valueString: access.title }] : []),
      { name: 'what', valueString: what },
      ...(why ? [{ name: 'why', valueString: why }] : []),
      ...(law ? [{ name: 'law', valueString: law }] : []),
      { name: 'emergency', valueBoolean: isEmergency },
      ...(telling.events
        ? access.ids.map((id) => ({ name: 'event', valueReference: { reference: `AuditEvent/${id}` } }))
        : []),
    ],
  };
}

/** `23 november 2026 kl. 10:15`, as the clock was in Sweden. */
const clock = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/Stockholm',
});

function whoOf(access: Access, telling: Telling): string {
  const { actorKind, actor } = access;
  if (actor === telling.reader && actorKind !== 'staff') return 'Du';
  switch (actorKind) {
    case 'patient':
      return telling.voice === 'guardian' ? 'Barnet' : 'Patienten';
    case 'guardian':
      return 'Vårdnadshavare eller ombud';
    case 'administrator':
      return 'Administratör';
    case 'system':
      return `Journalsystem${placeOf(access, telling)}`;
    default:
      return staffOf(access, telling);
  }
}

/** `Sjuksköterska vid Hemsjukvården Falkenberg, Falkenbergs kommun (vårdgivare)` */
function staffOf(access: Access, telling: Telling): string {
  const name = access.actor !== null && telling.staff ? `${telling.staff(access.actor)}, ` : '';
  return `${name}${access.title ?? 'Personal'}${placeOf(access, telling)}`;
}

function placeOf({ unit, organisation }: Access, { organisation: nameOf }: Telling): string {
  const legal = actorOfKey(organisation);
  const role = legal?.as === 'omsorgsgivare' ? 'omsorgsgivare' : 'vårdgivare';
  const whole = legal && `${nameOf(legal.hsaId)} (${role})`;
  const places = [unit && nameOf(unit), whole].filter((each) => each !== null && each !== '');
  return places.length ? ` vid ${places.join(', ')}` : '';
}
