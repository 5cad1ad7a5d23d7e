import type { ListKind } from '../../shared/contract/settings';
import type { Preset } from '../../shared/model/detection-settings';
import type { RetentionTier } from '../../shared/model/retention';

const sections = {
  detection: {
    title: 'Detection',
    about:
      'Which rules watch, and from which number on they raise an alert. Changes are kept at once; an open capture is analysed again when you say so.',
    keywords: ['rules', 'alerts', 'thresholds', 'preset', 'sensitivity', 'quiet', 'balanced', 'everything', 'attack', 'severity'],
  },
  addresses: {
    title: 'Own addresses',
    about:
      'Addresses of your servers. Rules that tell inbound from outbound traffic need them; private addresses are yours without being named.',
    keywords: ['network', 'prefix', 'subnet', 'local', 'server', 'direction', 'inbound', 'outbound', 'public'],
  },
  lists: {
    title: 'Lists',
    about:
      'Addresses, names, ports and paths that rules look things up in. Nothing is fetched from the internet: you import files that you have.',
    keywords: ['blocklist', 'netset', 'hosts', 'tor', 'relays', 'mining', 'pools', 'ports', 'probes', 'import', 'ipset'],
  },
  places: {
    title: 'Places',
    about: 'The database that says in which country and network an address is.',
    keywords: ['geo', 'geolocation', 'country', 'city', 'maxmind', 'mmdb', 'db-ip', 'asn', 'map', 'attribution', 'licence'],
  },
  storage: {
    title: 'Storage',
    about: 'What Portlight remembers of captures, for how long, and in how much space. It stays on this computer.',
    keywords: ['history', 'retention', 'quota', 'days', 'database', 'disk', 'clear', 'delete', 'privacy', 'forget', 'spool', 'live'],
  },
  appearance: {
    title: 'Appearance',
    about: 'How the window looks.',
    keywords: ['theme', 'dark', 'light', 'high contrast', 'colours', 'inspector'],
  },
} as const;

const detection = {
  preset: 'Preset',
  presets: {
    quiet: 'Quiet',
    balanced: 'Balanced',
    everything: 'Everything',
  } satisfies Record<Preset, string>,
  presetsAbout: {
    quiet: 'Only what is beyond doubt. For busy servers, where every alert is read at night.',
    balanced: 'What an attack usually looks like. The default.',
    everything: 'Faint signs too. For looking into an incident; expect alerts about harmless traffic.',
  } satisfies Record<Preset, string>,
  differs: (count: number) => (count === 1 ? '1 change of yours on top of the preset' : `${count} changes of yours on top of the preset`),
  noDifference: 'No changes of yours on top of the preset',
  resetAll: 'Reset all',
  resetAllHint: 'Every rule on, every threshold as the preset has it',
  wasReset: 'All rules are as the preset has them.',
  rules: (on: number, all: number) => `Rules · ${on} of ${all} on`,
  rule: 'Rule',
  severity: 'Severity',
  technique: 'ATT&CK technique',
  enabled: (title: string) => `${title}: watch for it`,
  off: 'Off',
  changed: 'Changed',
  show: (title: string) => `Thresholds of ${title}`,
  range: (min: string, max: string, unit: string) => `${min} to ${max}${unit}`,
  byPreset: (value: string) => `preset: ${value}`,
  outOfRange: (min: string, max: string) => `Must be from ${min} to ${max}.`,
  reset: 'Reset',
  resetHint: (value: string) => `Back to ${value}`,
} as const;

const addresses = {
  label: 'Addresses and prefixes, one a line',
  example: 'For example:',
  save: 'Save',
  revert: 'Discard changes',
  unsaved: 'Not saved yet.',
  line: (line: number, problem: string) => `Line ${line}: ${problem}`,
  more: (count: number) => `and ${count} more lines.`,
  count: (count: number) =>
    count === 0
      ? 'None named: only private addresses count as yours.'
      : count === 1
        ? '1 address or prefix'
        : `${count} addresses and prefixes`,
  tooMany: (max: number) => `At most ${max} lines can be named. Write prefixes in place of single addresses.`,
} as const;

const entriesText = (count: number): string => `${count.toLocaleString('en-US')} ${count === 1 ? 'entry' : 'entries'}`;
const linesText = (count: number): string => `${count.toLocaleString('en-US')} ${count === 1 ? 'line' : 'lines'}`;

const lists = {
  import: 'Import a list…',
  kind: 'It holds',
  chooseTitle: 'Import a list',
  fileKinds: { lists: 'Lists (txt, netset, ipset, hosts)', all: 'All files' },
  imported: (name: string, entries: number, refused: number) =>
    `${name}: ${entriesText(entries)}${refused > 0 ? `; ${linesText(refused)} not understood and left out` : ''}.`,
  kinds: {
    blocklist: 'Blocklist',
    'tor-relays': 'Tor relays',
    'tor-exits': 'Tor exits',
    'mining-pools': 'Mining pools',
    'mining-ports': 'Ports of mining pools',
    'probe-paths': 'Probes of web servers',
  } satisfies Record<ListKind, string>,
  kindsAbout: {
    blocklist: 'Addresses, prefixes and names that no good comes from; a contact raises an alert.',
    'tor-relays': 'Addresses of relays of the Tor network.',
    'tor-exits': 'Addresses where Tor traffic comes out.',
    'mining-pools': 'Domains of pools that miners connect to.',
    'mining-ports': 'Ports where pools listen; counted only together with a pool’s name.',
    'probe-paths': 'What scanners and exploits ask web servers for.',
  } satisfies Record<ListKind, string>,
  importAbout:
    'Plain lists, netsets and hosts files: one address, prefix, range or name a line. The file is copied; a list of the same name is replaced.',
  entries: entriesText,
  refused: (count: number) => `${linesText(count)} not understood`,
  shipped: 'Ships with Portlight',
  own: 'Yours',
  replaces: 'Yours, in place of the one that ships',
  from: 'Source',
  date: 'Date',
  licence: 'Licence',
  unknown: 'not stated in the file',
  remove: 'Remove',
  removeName: (name: string) => `Remove ${name}`,
  removed: (name: string) => `${name} was removed.`,
  folder: 'Your lists lie in',
} as const;

const places = {
  used: 'Database in use',
  none: 'No database could be opened: countries are not shown.',
  shipped: 'Ships with Portlight',
  built: (date: string, days: number) => `Built ${date}, ${days} ${days === 1 ? 'day' : 'days'} old.`,
  unknownAge: 'The file does not say when it was built.',
  networks: (count: string) => `Tells up to ${count} networks apart.`,
  old: 'Addresses change hands: a database older than a year is often wrong.',
  choose: 'Choose an .mmdb file…',
  chooseTitle: 'Choose a database of places',
  chooseAbout: 'A MaxMind database of cities or countries (GeoLite2, GeoIP2, DB-IP). It is read where it lies, so keep it there.',
  fileKinds: { mmdb: 'MaxMind databases', all: 'All files' },
  chooseRow: 'Your own database',
  back: 'Use the one that ships',
  attribution: 'Attribution',
} as const;

const tiers = {
  alerts: { title: 'Alerts', about: 'Found alerts with their evidence. Your notes and states are kept as long as you want.' },
  flows: { title: 'Flows', about: 'Who talked to whom, with bytes, times and names.' },
  minutes: { title: 'Traffic by the minute', about: 'Bytes and packets by protocol, host, port and country; then added up by the hour.' },
  hours: { title: 'Traffic by the hour', about: 'Then added up by the day.' },
  days: { title: 'Traffic by the day', about: 'Then forgotten.' },
} satisfies Record<RetentionTier, { title: string; about: string }>;

const spool = {
  title: 'Each live capture on disk, at most',
  about: (free: string | null) =>
    `The oldest packets go first. Each capture has so much of its own, from the next one on; all of it is deleted when the capture is closed. The list holds the newest 8,000,000 packets, however large it is.${free === null ? '' : ` Free on this disk: ${free}.`}`,
  gigabytes: 'GB',
  range: (min: string, max: string) => `Must be a number from ${min} to ${max}.`,
  words: 'spool ring size room live capture disk',
} as const;

const storage = {
  spool,
  file: 'History',
  noHistory: 'No history is kept: the database could not be opened. Settings last until Portlight is closed.',
  used: (bytes: string, quota: string) => `${bytes} of ${quota}`,
  holds: (captures: number, alerts: number) =>
    ` · ${captures.toLocaleString('en-US')} ${captures === 1 ? 'capture' : 'captures'} · ${alerts.toLocaleString('en-US')} ${alerts === 1 ? 'alert' : 'alerts'}`,
  share: (percent: string) => `${percent} of the space`,
  meter: 'Space used',
  keep: 'Kept for',
  tiers,
  days: 'days',
  quota: 'Space at most',
  quotaAbout: 'Beyond it the oldest goes first: flows, then traffic, then alerts. What you wrote never goes by itself.',
  megabytes: 'MB',
  range: (min: string, max: string) => `Must be a whole number from ${min} to ${max}.`,
  defaults: 'Defaults',
  defaultsAbout: 'All days and the space as they were in the beginning.',
  reset: 'Reset all',
  wasReset: 'Days and space are as they were in the beginning.',
  clear: 'Delete history',
  clearAbout:
    'Forgets captures with their alerts, notes, flows and traffic. The capture files themselves are not touched; settings and mutes stay.',
  clearButton: 'Delete…',
  clearTitle: 'Delete history?',
  clearWhat: 'Delete captures that were',
  ages: {
    week: 'last opened more than a week ago',
    month: 'last opened more than 30 days ago',
    year: 'last opened more than a year ago',
    all: 'ever opened: everything',
  },
  clearWarning: 'Notes and states that you gave to their alerts are deleted too. This cannot be undone.',
  cancel: 'Cancel',
  confirm: 'Delete',
  cleared: (captures: string, one: boolean, bytes: string) =>
    `${captures} ${one ? 'capture was' : 'captures were'} forgotten; the history has ${bytes} now.`,
} as const;

/** Words of the settings. */
export const settings = {
  title: 'Settings',
  list: 'Sections of the settings',
  search: 'Search settings',
  close: 'Close the settings',
  open: 'Open the settings',
  saved: 'Saved',
  undo: 'Undo',
  failed: 'Not saved',
  loading: 'Reading the settings…',
  retry: 'Try again',
  nothing: (query: string) => `No setting matches “${query}”`,
  nothingHint: 'Try another word, or clear the search to see every section.',
  outdated: {
    sentence: 'Rules or lists were changed: the alerts shown were found with those before.',
    live: 'Rules or lists were changed. This capture goes on with those before; the next one goes by the new ones.',
    again: 'Analyse again',
    hint: 'Read the capture anew with the present settings; filter and time range stay',
  },
  sections,
  detection,
  addresses,
  lists,
  places,
  storage,
  appearance: {
    theme: 'Theme',
    themeAbout: 'Colours of the window. High contrast is for bright rooms and tired eyes.',
    themes: { dark: 'Dark', light: 'Light', contrast: 'High contrast' },
    inspector: 'Inspector',
    inspectorAbout: 'The panel at the right that explains the selected packet or flow.',
  },
} as const;
