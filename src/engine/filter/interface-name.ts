import type { FlowText } from './flow-fields';
import { HAS } from './row-values';

/** Name of the interface that a packet was captured on, from its number: no packet is decoded for it. The list may grow. */
export const interfaceName = (interfaces: readonly { readonly name: string | null }[]): FlowText => ({
  values: {
    load: (block, values, states) => {
      const { interfaceId } = block.chunk;
      const rows = block.to - block.from;
      for (let i = 0; i < rows; i++) {
        const id = interfaceId[block.from + i] ?? 0;
        values[i] = id;
        states[i] = (interfaces[id]?.name ?? null) === null ? 0 : HAS;
      }
    },
  },
  count: () => interfaces.length,
  text: (id) => interfaces[id]?.name ?? '',
});
