import { protocolNames } from '../../protocol-names';
import type { ApplicationProtocol } from '../protocol';
import { dissectNtp } from './ntp-dissect';
import { ntpOwner } from './ntp-fields';

const name = protocolNames.id('NTP');

/** RFC 5905; control messages (mode 6) by RFC 9327, private ones (mode 7) as ntpd has them. */
export const ntp: ApplicationProtocol = {
  ...ntpOwner,
  udpPorts: [123],
  summarise: (_bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    return end > start;
  },
  dissect: dissectNtp,
};
