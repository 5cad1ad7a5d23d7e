import { bgp } from './bgp';
import { bittorrent } from './bittorrent';
import { btDht } from './bt-dht';
import { coap } from './coap';
import { dhcp } from './dhcp/dhcp';
import { dhcpv6 } from './dhcp/dhcpv6';
import { dnp3 } from './dnp3';
import { dns, dnsOverTcp, llmnr, mdns } from './dns';
import { dropboxLanSync } from './dropbox-lan-sync';
import { dtls } from './dtls';
import { hsrp } from './hsrp';
import { http, ssdp } from './http';
import { isakmp } from './isakmp';
import { kerberos } from './kerberos';
import { cldap, ldap } from './ldap';
import { ftp } from './line/ftp';
import { imap } from './line/imap';
import { irc } from './line/irc';
import { pop } from './line/pop';
import { smtp } from './line/smtp';
import { modbus } from './modbus';
import { mongo } from './mongo';
import { mqtt } from './mqtt';
import { mysql } from './mysql';
import { ntp } from './ntp/ntp';
import { openvpn } from './openvpn';
import { pgsql } from './pgsql';
import type { ApplicationProtocol } from './protocol';
import { gquic, quic } from './quic';
import { radius } from './radius';
import { rdp } from './rdp';
import { redis } from './redis';
import { rip } from './rip';
import { rtcp } from './rtcp';
import { nbdgm } from './smb/nbdgm';
import { nbns } from './smb/nbns';
import { nbss } from './smb/nbss';
import { snmp } from './snmp';
import { ssh } from './ssh/ssh';
import { stratum } from './stratum';
import { stun } from './stun';
import { sunRpc } from './sun-rpc';
import { syslog } from './syslog';
import { tds } from './tds';
import { telnet } from './telnet';
import { rtsp } from './text-head/rtsp';
import { sip } from './text-head/sip';
import { tftp } from './tftp';
import { tls } from './tls';
import { vnc } from './vnc';
import { wireguard } from './wireguard';
import { xmpp } from './xmpp';

/**
 * Every application protocol that Portlight knows, in order of precedence: where two list a port or recognise the same bytes, the first has it.
 * To add one: write its file beside this one and add it here. (CONTRIBUTING.md tells it step by step.)
 */
export const applicationProtocols: readonly ApplicationProtocol[] = [
  dns,
  dnsOverTcp,
  mdns,
  llmnr,
  tls,
  http,
  ssdp,
  quic,
  gquic,
  ssh,
  dhcp,
  dhcpv6,
  ntp,
  nbss,
  rdp,
  mqtt,
  vnc,
  isakmp,
  dropboxLanSync,
  ftp,
  pop,
  irc,
  bittorrent,
  openvpn,
  sip,
  rtsp,
  redis,
  snmp,
  kerberos,
  ldap,
  cldap,
  stun,
  rtcp,
  nbns,
  nbdgm,
  tftp,
  dtls,
  wireguard,
  sunRpc,
  dnp3,
  modbus,
  coap,
  bgp,
  imap,
  smtp,
  telnet,
  mysql,
  pgsql,
  tds,
  radius,
  syslog,
  rip,
  hsrp,
  stratum,
  btDht,
  mongo,
  xmpp,
];
