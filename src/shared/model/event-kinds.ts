/**
 * What an application event states: decoders write it, filters, flows and detectors read it. The three texts and the number of an event mean
 * what is said here; -1 stands for a text that is not there.
 */
export const EventKind = {
  /** Text: query name. Number: flags << 16 | query type. */
  Dns: 1,
  /** Text: server name. Number: version. */
  TlsClientHello: 2,
  /** Texts: host, method, URI. */
  HttpRequest: 3,
  /** Number: version. */
  TlsServerHello: 4,
  /** Number: status. */
  HttpResponse: 5,
  /** A server's answer to a login, as far as it can be read. Name: user, where known. Number: `AuthService` << 8 | `AuthOutcome`. */
  Authentication: 6,
  /** A secret crossed the wire in clear text; it is not kept. Name: user, where known. Number: `AuthService`. */
  CleartextCredentials: 7,
  /** Stratum mining. Name: worker or login, where known. Number: a `MiningToken` bit set. */
  Mining: 8,
  /** A DHCP server's OFFER or ACK. Name, method, URI: AddressIndex of the server identifier, the given address and the router, not texts. Number: see `DhcpNumber`. */
  DhcpServer: 9,
  /** ARP. Name, method, URI: AddressIndex of sender IP, sender MAC and target IP, not texts. Number: operation (1 request, 2 reply), and VLAN << `VLAN_SHIFT`. */
  Arp: 10,
  /** The flow's application protocol became known. Number: the registry's service id. */
  Service: 11,
  /** An HTTP request holds what only attacks and their tools have. Number: place in `HTTP_MARKS`. */
  HttpMark: 12,
} as const;

/** Where the number of a DhcpServer or Arp event has the packet's VLAN, 0 for none. */
export const VLAN_SHIFT = 16;

/** The number of a DhcpServer event: its message type, whether it came by a relay, a hash of the name servers that it hands out, the VLAN. */
export const DhcpNumber = { TypeMask: 255, Relayed: 256, HashShift: 9, HashMask: 127 } as const;

export const AuthService = {
  Ftp: 1,
  Smtp: 2,
  Http: 3,
  MySql: 4,
  Pop3: 5,
  Imap: 6,
  PostgreSql: 7,
  Smb: 8,
  Telnet: 9,
  Vnc: 10,
  Redis: 11,
  Ldap: 12,
  Rdp: 13,
  Kerberos: 14,
  MsSql: 15,
  Sip: 16,
  Irc: 17,
  /** A form in a web page, while Http is what browsers ask for themselves (RFC 7617). */
  WebForm: 18,
} as const;

export const AUTH_SERVICE_NAMES = [
  '',
  'FTP',
  'SMTP',
  'HTTP',
  'MySQL',
  'POP3',
  'IMAP',
  'PostgreSQL',
  'SMB',
  'Telnet',
  'VNC',
  'Redis',
  'LDAP',
  'RDP',
  'Kerberos',
  'SQL Server',
  'SIP',
  'IRC',
  'HTTP form',
] as const;

export const AuthOutcome = { Failed: 1, Succeeded: 2 } as const;

/** Bits of a Mining event. */
export const MiningToken = {
  Subscribe: 1,
  Authorize: 2,
  Login: 4,
  Job: 8,
  EthSubmitLogin: 16,
  Submit: 32,
  Notify: 64,
  Configure: 128,
  Difficulty: 256,
  GetWork: 512,
  /** An answer that holds the work of Ethereum's kind. */
  Work: 1024,
} as const;
