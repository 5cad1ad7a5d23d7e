/** Names for documentation (RFC 2606): nobody has them. */
export const OWN_SITES = ['www.example.com', 'shop.example.com', 'api.example.com', 'static.example.com'] as const;
/** What the server itself asks for and talks to. */
export const OUTSIDE_NAMES = [
  'mirror.example.net',
  'payments.example.net',
  'smtp.example.org',
  'imap.example.org',
  'time.example.org',
  'api.example.org',
  'push.example.net',
  'registry.example.net',
] as const;
export const OWN_DOMAIN = 'example.com';
