import type { Rule } from '../rule';
import { dataExfiltration } from './data-exfiltration';
import { trafficSpike } from './traffic-spike';

/** Every rule, parents before what they absorb. */
export const RULES: readonly Rule[] = [trafficSpike, dataExfiltration];
