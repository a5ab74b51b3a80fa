/** What is true when no answer came: with a network, it is the service that is down or slow. */
export const noAnswer = (online = navigator.onLine): string =>
  online ? 'Tjänsten svarar inte' : 'Du har ingen täckning';
