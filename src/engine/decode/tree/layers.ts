import type { Dissector } from './dissector';

export type LayerTable = ReadonlyMap<number, Dissector>;

/** Which dissector reads what follows, by the number that the layer below gives. Filled in `registry.ts`. */
export interface LayerTables {
  /** LINKTYPE_ of the capture. */
  readonly linkTypes: LayerTable;
  readonly etherTypes: LayerTable;
  readonly ipProtocols: LayerTable;
  readonly pppProtocols: LayerTable;
  readonly llcSaps: LayerTable;
  /** Tunnels over UDP, by either port. */
  readonly udpTunnels: LayerTable;
  /** Application protocols by filter name. */
  readonly applications: ReadonlyMap<string, Dissector>;
}

const NONE: LayerTable = new Map();

export const NO_LAYERS: LayerTables = {
  linkTypes: NONE,
  etherTypes: NONE,
  ipProtocols: NONE,
  pppProtocols: NONE,
  llcSaps: NONE,
  udpTunnels: NONE,
  applications: new Map(),
};
