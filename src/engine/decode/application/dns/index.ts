import { protocolNames } from '../../protocol-names';
import { u16 } from '../bytes';
import { type ApplicationProtocol, NEED_MORE, NOT_MINE } from '../protocol';
import { dissectDns, dissectLlmnr, dissectMdns } from './dissect';
import { dnsFields } from './fields';
import { HEADER_LENGTH, looksLikeDns, summariseMessage } from './summary';

const DNS = protocolNames.id('DNS');
const MDNS = protocolNames.id('MDNS');
const LLMNR = protocolNames.id('LLMNR');

/** DNS in datagrams (RFC 1035). */
export const dns: ApplicationProtocol = {
  name: 'dns',
  title: 'Domain Name System',
  fields: dnsFields,
  udpPorts: [53],
  // NetBIOS names (port 137) have the same form and are something else.
  recogniseUdp: (bytes, start, end, conversation) =>
    conversation.sourcePort !== 137 && conversation.destinationPort !== 137 && looksLikeDns(bytes, start, end),
  summarise: (bytes, start, end, _conversation, summary) => summariseMessage(bytes, start, end, DNS, summary),
  dissect: dissectDns,
};

/** DNS over TCP: each message behind its length in two bytes (RFC 7766). */
export const dnsOverTcp: ApplicationProtocol = {
  name: 'dns',
  title: 'Domain Name System',
  fields: dnsFields,
  tcpPorts: [53, 5353],
  keep: 0xffff,
  frame(bytes, start, end) {
    if (end - start < 2) return NEED_MORE;
    const length = u16(bytes, start);
    return length < HEADER_LENGTH ? NOT_MINE : 2 + length;
  },
  summarise: (bytes, start, end, _conversation, summary) => summariseMessage(bytes, start + 2, end, DNS, summary),
  dissect: dissectDns,
};

/** Multicast DNS (RFC 6762). */
export const mdns: ApplicationProtocol = {
  name: 'mdns',
  title: 'Multicast Domain Name System',
  fields: dnsFields,
  udpPorts: [5353],
  summarise: (bytes, start, end, _conversation, summary) => summariseMessage(bytes, start, end, MDNS, summary),
  dissect: dissectMdns,
};

/** Link-local Multicast Name Resolution (RFC 4795). */
export const llmnr: ApplicationProtocol = {
  name: 'llmnr',
  title: 'Link-local Multicast Name Resolution',
  fields: dnsFields,
  udpPorts: [5355],
  summarise: (bytes, start, end, _conversation, summary) => summariseMessage(bytes, start, end, LLMNR, summary),
  dissect: dissectLlmnr,
};
