import { z } from 'zod';

const list = z.string().transform((text) => text.split(',').map((one) => one.trim()));

/** Origins as browsers send them (RFC 6454 section 6.2), separated by commas. */
export const origins = list.pipe(
  z.array(
    z
      .url({ protocol: /^https?$/ })
      .refine(
        (url) => URL.canParse(url) && new URL(url).origin === url,
        'must be an origin as browsers send it: https://app.example, without path or slash at its end',
      ),
  ),
);

/** Addresses and networks of IPv4 and IPv6, separated by commas. */
export const networks = list.pipe(
  z.array(
    z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
      error: 'must be an address or a network: 10.0.0.7, 10.0.0.0/8',
    }),
  ),
);
