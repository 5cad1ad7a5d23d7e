import type { Rule } from '../rule';
import { bruteForce } from './brute-force';
import { dataExfiltration } from './data-exfiltration';
import { portScan } from './port-scan';
import { sshLoginAfterFailures } from './ssh-login-after-failures';
import { trafficSpike } from './traffic-spike';

/** Every rule, parents before what they absorb. */
export const RULES: readonly Rule[] = [portScan, bruteForce, trafficSpike, dataExfiltration];
