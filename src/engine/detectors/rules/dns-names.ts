/** Second-level labels under which names are registered, where the top level is a country: 'co' of example.co.uk. */
const SECOND_LEVEL: ReadonlySet<string> = new Set(
  'ac co com edu gob gouv gov go id ltd me mil ne net nhs nom or org plc sch blogspot govt asn ab bc on qc'.split(' '),
);

/** Reverse zones, and zones whose names are machine-made by design: DNS-SD, ENUM, appliances on the local network. */
const STRUCTURAL_ZONES: readonly string[] = ['in-addr.arpa', 'ip6.arpa', 'e164.arpa', 'local', 'home.arpa', 'localhost', 'onion'];

/**
 * Registered domains below which long, machine-made, ever-new names are ordinary: delivery networks, clouds and their load balancers, mail and
 * file reputation (queries carry a hash or an address), telemetry.
 */
const ORDINARY_DOMAINS: ReadonlySet<string> = new Set(
  (
    'akadns.net akamai.net akamaiedge.net akamaihd.net akamaized.net akamaitechnologies.com edgekey.net edgesuite.net cloudfront.net fastly.net ' +
    'fastlylb.net cloudflare.com cloudflare.net amazonaws.com awsdns.com awsglobalaccelerator.com azureedge.net azurefd.net azure.com windows.net ' +
    'trafficmanager.net msedge.net msftncsi.com office.com office365.com outlook.com live.com microsoft.com sharepoint.com apple.com icloud.com ' +
    'aaplimg.com apple-dns.net google.com googleapis.com googleusercontent.com googlevideo.com googlesyndication.com doubleclick.net gstatic.com ' +
    'gvt1.com gvt2.com facebook.com fbcdn.net cdninstagram.com whatsapp.net netflix.com nflxvideo.net nflxso.net llnwd.net footprint.net ' +
    'edgecastcdn.net cdn77.org b-cdn.net bunnycdn.com stackpathdns.com incapdns.net imperva.com salesforce.com force.com datadoghq.com ' +
    'newrelic.com nr-data.net sentry.io spotify.com scdn.co tiktokcdn.com byteoversea.com alicdn.com alibabadns.com kunlunsl.com ' +
    'spamhaus.org spamhaus.net surbl.org uribl.com spamcop.net barracudacentral.org sorbs.net dnswl.org mailspike.net abuseat.org njabl.org ' +
    'senderscore.com senderbase.org ivmuri.com spameatingmonkey.net cymru.com sophosxl.net mcafee.com trendmicro.com e5.sk eset.com ' +
    'kaspersky-labs.com ksn.com avast.com avcdn.net webrootcloudav.com symantec.com fortinet.net sectigo.com digicert.com'
  ).split(' '),
);

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
  if (ORDINARY_DOMAINS.has(domain)) return nothing;
  // Case carries data too.
  const payload = name.slice(0, name.length - domain.length).replaceAll('.', '');
  return { domain, length: name.length, payload: payload.length, entropy: entropyOf(payload) };
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
