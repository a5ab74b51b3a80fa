/**
 * Headers of every answer, also of those that no route gives: answers hold patient data, so they are not to be kept,
 * framed, sniffed, run, embedded elsewhere or named in a Referer. `no-store` covers reads with an ETag too, since a copy
 * that is asked about again lies on the disk of a shared computer meanwhile. RFC 9111 section 5.2.2.5, OWASP REST Security
 * Cheat Sheet; the values are those that helmet gives an API without pages.
 * @param hstsSeconds RFC 6797 section 7.2 forbids the header over plain HTTP, hence only on request
 */
export const securityHeaders = (hstsSeconds: number): Readonly<Record<string, string>> => ({
  'Cache-Control': 'private, no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  ...(hstsSeconds > 0 && { 'Strict-Transport-Security': `max-age=${hstsSeconds}` }),
});
