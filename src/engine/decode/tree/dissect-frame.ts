import { linkTypeName } from '../../../shared/model/link-types';
import { data } from './data';
import { Dissection, type PacketContext } from './dissection';
import { frameProtocols, openFrame } from './frame';
import { dissectLayer } from './next';
import { layerTables } from './registry';

/** Dissects without the last-resort guard: tests use it, so that a dissector that throws is found. */
export function dissectUnguarded(frame: Uint8Array, context: PacketContext): Dissection {
  const d = new Dissection(frame, context, layerTables);
  run(d);
  return d;
}

function run(d: Dissection): void {
  const frame = openFrame(d);
  const link = d.layers.linkTypes.get(d.context.linkType);
  if (link === undefined) d.info = `No dissector for link type ${d.context.linkType} (${linkTypeName(d.context.linkType)})`;
  dissectLayer(d, link ?? data, 0, d.frame.length);
  d.closeTo(0);
  d.source = 0;
  frameProtocols(d, frame);
}

/**
 * The field tree, Info text and byte sources of one frame. Never throws for what the bytes are; `malformed` says where they stop making
 * sense, and the tree holds everything up to there.
 */
export function dissectFrame(frame: Uint8Array, context: PacketContext): Dissection {
  const d = new Dissection(frame, context, layerTables);
  try {
    run(d);
  } catch (error) {
    // A dissector broke its rule. The user keeps the layers below it, and the window, instead of nothing.
    d.closeTo(0);
    d.source = 0;
    d.stop(d.protocols.at(-1) ?? 'frame', 0, `the dissector failed: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
  return d;
}
