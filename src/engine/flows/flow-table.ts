import type { AddressIndex, FlowIndex, Nanoseconds } from '../../shared/model/units';
