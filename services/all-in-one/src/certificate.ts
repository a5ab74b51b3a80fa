import { createPrivateKey, X509Certificate } from 'node:crypto';

/** Why a certificate and a key, both PEM, cannot serve together; nothing when neither is given. Quotes neither. */
export function certificateFaults(cert: string | undefined, key: string | undefined): string[] {
  if (cert === undefined && key === undefined) return [];
  if (cert === undefined || key === undefined) return ['TLS_CERT and TLS_KEY go together: set both or none.'];
  try {
    const fits = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
    return fits ? [] : ['TLS_KEY is not the key of TLS_CERT.'];
  } catch {
    return ['TLS_CERT and TLS_KEY must be a certificate and an unencrypted private key in PEM.'];
  }
}
