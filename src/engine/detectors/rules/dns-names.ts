import { ORDINARY_DOMAINS } from './ordinary-domains';

/** Second-level labels under which names are registered, where the top level is a country: 'co' of example.co.uk. */
const SECOND_LEVEL: ReadonlySet<string> = new Set(
  'ac co com edu gob gouv gov go id ltd me mil ne net nhs nom or org plc sch blogspot govt asn ab bc on qc'.split(' '),
);

/** Zones that nobody can register a name in: reverse zones, DNS-SD, ENUM, appliances on the local network, clusters, clouds' private names. */
const STRUCTURAL_ZONES: readonly string[] = ['arpa', 'local', 'localhost', 'localdomain', 'internal', 'onion'];

/** Labels of names that are machine-made by design: mail policies and keys, services, proofs of ownership, Active Directory (RFC 8552). */
const STRUCTURAL_LABELS: ReadonlySet<string> = new Set(
  '_domainkey _dmarc _spf _report _mta-sts _smtp _tls _tcp _udp _msdcs _sites _acme-challenge _dns _http _https _mongodb _sip _sips _xmpp-client _xmpp-server _kerberos _ldap _gc domains'.split(
    ' ',
  ),
);
/** Characters beside such labels that their names need: a key's selector, a tenant, an identifier of 128 bits. */
const MAX_STRUCTURAL = 56;

/** What queries below a registered domain are told by. */
export interface QueryName {
  /** 'example.co.uk', lower case; '' where nothing is registered: one label, a reverse zone, a block list. */
  readonly domain: string;
  /** Characters of the whole name. */
  readonly length: number;
  /** Of what stands before the registered domain, dots left out. */
  readonly payload: number;
  /** Shannon entropy of that part, bits a character. */
  readonly entropy: number;
}

/** `name`: as it was asked for, without the last dot. */
export function readQueryName(name: string): QueryName {
  const nothing = { domain: '', length: name.length, payload: 0, entropy: 0 };
  const lower = name.toLowerCase();
  if (STRUCTURAL_ZONES.some((zone) => lower === zone || lower.endsWith(`.${zone}`))) return nothing;
  const labels = lower.split('.');
  if (labels.at(-1) === '') labels.pop();
  const top = labels.at(-1) ?? '';
  const isUnderSecond = labels.length >= 3 && top.length === 2 && SECOND_LEVEL.has(labels.at(-2) ?? '');
  const registered = isUnderSecond ? 3 : 2;
  if (labels.length <= registered || isReversedAddress(labels)) return nothing;
  const domain = labels.slice(-registered).join('.');
  if (ORDINARY_DOMAINS.has(domain) || isStructural(labels)) return nothing;
  // Case carries data too.
  const payload = name.slice(0, name.length - domain.length).replaceAll('.', '');
  return { domain, length: name.length, payload: payload.length, entropy: entropyOf(payload) };
}

/** What is left beside the structural labels is short. */
function isStructural(labels: readonly string[]): boolean {
  if (!labels.some((label) => label[0] === '_' && STRUCTURAL_LABELS.has(label))) return false;
  let rest = 0;
  for (const label of labels.slice(0, -2)) if (!STRUCTURAL_LABELS.has(label)) rest += label.length;
  return rest <= MAX_STRUCTURAL;
}

/** Block lists are asked for '4.3.2.1.zone' (RFC 5782), or 32 nibbles of an IPv6 address. */
function isReversedAddress(labels: readonly string[]): boolean {
  const isByte = (label: string | undefined): boolean => label !== undefined && /^\d{1,3}$/.test(label);
  if (labels.length >= 6 && labels.slice(0, 4).every(isByte)) return true;
  return labels.length >= 34 && labels.slice(0, 32).every((label) => /^[0-9a-f]$/.test(label));
}

/** Shannon entropy, bits a character. */
export function entropyOf(text: string): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < text.length; i++) counts.set(text.charCodeAt(i), (counts.get(text.charCodeAt(i)) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
