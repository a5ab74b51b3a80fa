import { type PatientTexts, sv } from './sv.ts';

/** Easy-to-read Swedish: what is already short and common is as in plain Swedish. */
export const svLattlast: PatientTexts = {
  ...sv,
  shell: {
    ...sv.shell,
    actsFor: (name) => `Det här är planen för ${name}. Du läser för att du är vårdnadshavare.`,
    protectedIdentity: 'Dina uppgifter är skyddade. Visa inte skärmen för andra.',
    incomplete: 'Allt får inte plats här. Fråga om du saknar något.',
  },
  titles: {
    ...sv.titles,
    samre: 'Om jag mår sämre',
    mal: 'Det jag vill',
    vem: 'Vem gör vad?',
    logg: 'Vem har läst om mig?',
    delning: 'Vem får läsa om mig?',
    kontaktblad: 'Papper med nummer',
    skrivUt: 'Min plan på papper',
    om: 'Svåra ord',
  },
  idag: {
    ...sv.idag,
    changes: 'Det här är nytt',
    leads: {
      ...sv.idag.leads,
      ring: 'Dag och natt',
      samre: 'Vad du gör och när du ringer',
      logg: 'Vem har öppnat din plan',
      kontaktblad: 'Ge till någon du litar på',
    },
  },
  ring: {
    ...sv.ring,
    lead: 'Ring det här numret nu.',
    weekLead: 'Bilden visar en vecka.',
    contactsLead: 'De här personerna hjälper dig.',
  },
  samre: {
    ...sv.samre,
    lead: 'Hur mår du? Läs och gör det som står. Är du osäker? Ring.',
    noSteps: 'Det finns ingen plan än. Är du orolig? Ring.',
  },
  vem: {
    ...sv.vem,
    lead: 'Här står vad du gör. Här står också vad andra gör.',
    sip: 'SIP är en plan för all din hjälp. SIP betyder samordnad individuell plan.',
  },
  tider: {
    ...sv.tider,
    lead: 'Då ska du träffa någon eller bli uppringd.',
    calendarLead: 'I kalendern står bara tiden. Ingen ser vad du ska göra.',
  },
  skriv: {
    ...sv.skriv,
    lead: 'Skriv till vården. Alla ser att du har skrivit det.',
    notUrgent: 'Är det bråttom? Ring. Skriv inte här.',
  },
  logg: {
    ...sv.logg,
    lead: 'De här har läst om dig.',
    emergencyMeans: 'Nödöppning: Någon läste utan att fråga. Det var fara. Det kontrolleras alltid.',
    wrongLead: 'Ring dit. Fråga varför de läste.',
  },
  kontaktblad: {
    ...sv.kontaktblad,
    lead: 'Skriv ut. Ge papperet till någon du litar på.',
    careful: 'Här står ditt namn och dina nummer. Du väljer vem som får det.',
  },
  delning: {
    ...sv.delning,
    lead: 'Du bestämmer vem som får läsa om dig.',
    information: [
      'Flera hjälper dig. Alla skriver i sin egen journal.',
      'De kan läsa hos varandra. Det kallas sammanhållen vård- och omsorgsdokumentation.',
      'De får läsa om de hjälper dig, om de behöver det och om du säger ja.',
      'Du får säga nej.',
      'Du får spärra. Då kan andra inte läsa.',
      'Vården ser att det finns en spärr. Vården ser inte vad som står.',
      'Är det fara för ditt liv? Då får vården veta var spärren finns. Då kan de be att den hävs.',
      'Du kan se vem som har läst.',
    ],
    consentMeans: [
      'Ja: De kan läsa när de hjälper dig.',
      'Nej: De läser bara det som de själva skriver. Du får hjälp ändå.',
      'Du kan ändra dig. Det de redan har läst kan ingen ta bort.',
    ],
    blockMeans: [
      'Vården ser att det finns en spärr. De ser inte vad som står.',
      'Det kan ta längre tid att ge dig rätt vård.',
      'Du kan behöva berätta samma sak flera gånger.',
      'Är det fara för ditt liv? Då får vården veta var spärren finns. Då kan de be att den hävs.',
      'Spärren gäller nu. Du kan ta bort den när du vill.',
    ],
    liftMeans: ['Utan spärr kan andra läsa, om de hjälper dig och du sagt ja.', 'Du kan spärra igen.'],
  },
  tillganglighet: {
    ...sv.tillganglighet,
    lead: 'Alla ska kunna läsa Min plan. Här står hur det går.',
  },
};
