import type { Rule } from '../rule';
import { arpSpoof } from './arp-spoof';
import { beaconing } from './beaconing';
import { blocklistContact } from './blocklist-contact';
import { bruteForce } from './brute-force';
import { cleartextCredentials } from './cleartext-credentials';
import { cryptominer } from './cryptominer';
import { dataExfiltration } from './data-exfiltration';
import { dhcpRogue } from './dhcp-rogue';
import { dnsTunneling } from './dns-tunneling';
import { exploitProbe } from './exploit-probe';
import { hostSweep } from './host-sweep';
import { icmpFlood } from './icmp-flood';
import { portScan } from './port-scan';
import { slowScan } from './slow-scan';
import { sshLoginAfterFailures } from './ssh-login-after-failures';
import { synFlood } from './syn-flood';
import { torContact } from './tor-contact';
import { trafficSpike } from './traffic-spike';
import { udpFlood } from './udp-flood';

/** Every rule, parents before what they absorb. */
export const RULES: readonly Rule[] = [
  synFlood,
  udpFlood,
  icmpFlood,
  portScan,
  hostSweep,
  slowScan,
  sshLoginAfterFailures,
  bruteForce,
  dnsTunneling,
  beaconing,
  trafficSpike,
  dataExfiltration,
  arpSpoof,
  cryptominer,
  torContact,
  blocklistContact,
  cleartextCredentials,
  dhcpRogue,
  exploitProbe,
];
