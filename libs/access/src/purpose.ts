/** PDL (2008:355) 4 kap 2 §, SVOD (2022:913) 4 kap 3 §: the one purpose of a commission that opens a patient's data. */
export const carePurpose = 'Vård och behandling';
