import { draw } from './draw';

/** A little of everything that views tell apart: TCP with and without an answer, DNS, TLS, ICMP and ARP. */
export const MIXED_TALK = draw(`
  10.0.0.1:41022 > 10.0.0.4:22 S
  10.0.0.4:22 > 10.0.0.1:41022 SA
  10.0.0.1:41022 > 10.0.0.4:22 A
  10.0.0.4:22 > 10.0.0.1:41022 PA 'SSH-2.0-server\\r\\n'
  +0.5 10.0.0.1:5353 > 1.1.1.1:53 udp dns A example.com
  1.1.1.1:53 > 10.0.0.1:5353 udp dns A example.com = 192.0.2.1
  +1 10.0.0.1:4001 > 192.0.2.1:443 S
  192.0.2.1:443 > 10.0.0.1:4001 SA
  10.0.0.1:4001 > 192.0.2.1:443 PA tls www.example.org
  10.0.0.9:6000 > 10.0.0.4:80 S
  10.0.0.4:80 > 10.0.0.9:6000 RA
  +2 10.0.0.1 > 10.0.0.2 icmp echo 7 1
  10.0.0.1 > 10.0.0.2 arp who-has
`);
