export const om = {
  lead: 'Här förklarar vi ord som vården använder.',
  words: [
    ['Fast vårdkontakt', 'En person i vården som ser till att hjälpen hänger ihop.'],
    ['Fast läkarkontakt', 'Den läkare som du i första hand går till.'],
    ['Fast omsorgskontakt', 'Den i hemtjänsten som känner dig bäst.'],
    ['Behandlingsplan', 'Visar vad du och vården gör om du blir sämre.'],
    [
      'SIP, samordnad individuell plan',
      'Visar vad vården och omsorgen gör tillsammans. Du är med och bestämmer.',
    ],
    ['Samtycke', 'Att du säger ja. Du kan ta tillbaka ditt ja.'],
    ['Spärr', 'Att andra inte kan läsa det du har spärrat.'],
    ['Nödöppning', 'Att vården läser utan att fråga, för att det är fara. Det granskas alltid.'],
    ['Vårdgivare', 'Den som ger vård. Till exempel regionen eller kommunen.'],
    ['Omsorgsgivare', 'Den som ger omsorg. Till exempel kommunens hemtjänst.'],
    ['Närstående', 'Någon som står dig nära. Till exempel ett barn eller en vän.'],
    ['1177', 'Råd om sjukdom på telefon, dygnet runt. Ring 1177.'],
    ['112', 'Ring 112 när det är fara för livet.'],
  ] as readonly (readonly [string, string])[],
  help: 'Bra att veta',
  helps: [
    'Du kan göra texten större längst ner på sidan.',
    'Du kan byta språk längst ner på sidan. Det som vården har skrivit är på svenska.',
    'Du kan skriva ut alla sidor.',
    'Logga ut när du är klar, om någon annan använder samma skärm.',
  ],
};
