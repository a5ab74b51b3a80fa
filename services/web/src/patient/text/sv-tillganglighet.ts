/**
 * Tillgänglighetsredogörelse: what lagen (2018:1937) om tillgänglighet till digital offentlig service and Digg ask of one.
 * https://www.digg.se/kunskap-och-stod/digital-tillganglighet/skapa-en-tillganglighetsredogorelse
 */
export const tillganglighet = {
  lead: 'Vi vill att alla ska kunna använda Min plan. Här står hur väl det fungerar.',
  responsible: (name: string) => `${name} ansvarar för Min plan.`,
  nobodyNamed: 'Det står inte här vem som ansvarar för Min plan. Fråga den som ger dig vård.',
  law: 'Så väl följer vi lagen',
  laws: [
    'Min plan är delvis förenlig med lagen om tillgänglighet till digital offentlig service (2018:1937).',
    'Det beror på felen som står på den här sidan.',
    'Inget av dem är kvar för att det är svårt eller dyrt att rätta.',
  ],
  faults: 'Fel som vi känner till',
  faultsList: [
    'Du loggas ut när du inte har gjort något på en timme. Det är för att ingen annan ska läsa din plan. Om din webbläsare inte kör skript säger vi inte till innan.',
    'Det som vården har skrivit kan ha svåra ord. Det är på svenska, också när du har valt ett annat språk.',
    'Planen som du skriver ut finns bara på svenska. Sidan har ingen länk tillbaka.',
    'Inloggningen sköts av en annan tjänst. Den har vi inte prövat.',
  ],
  tested: 'Så har vi prövat',
  testedList: [
    'Vi har själva prövat sidorna mot WCAG 2.2, nivå AA. Det är regler för sidor som alla kan använda.',
    'Vi har prövat med program, med bara tangentbord, med stor text, på smal skärm och på papper.',
    'Ingen utanför har granskat sidorna. Personer med funktionsnedsättning har inte prövat dem än.',
  ],
  assessed: (date: string) => `Vi bedömde sidorna senast den ${date}. Samma dag skrev vi den här texten.`,
  feedback: 'Säg till om något inte fungerar',
  feedbackLead:
    'Berätta vilken sida det gäller och vad som inte gick. Du kan be om uppgiften på ett annat sätt, till exempel på papper.',
  feedbackLink: 'Skicka dina synpunkter',
  feedbackNobody: 'Säg till den som ger dig vård, så att felet kan rättas.',
  supervision: 'Är du inte nöjd med svaret?',
  supervisionLead: 'Myndigheten för digital förvaltning (Digg) ser till att lagen följs. Du kan anmäla dit.',
  supervisionLink: 'Anmäl till Digg',
};
