import type { TopologyNode } from '../../../shared/contract/topology';
import { applyFilter, exclude, filterTo } from '../../stores/filter';
import { openHost } from '../../stores/hosts';
import { showView } from '../../stores/layout';
import { texts } from '../../texts';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import { openGroup } from './store';
import { nodeTest, nodeTitle } from './words';

const words = texts.topology.menu;

async function show(view: string, test: string): Promise<void> {
  if (await applyFilter(test)) showView(view);
}

/** The host's page, the group's members, or the list of all hosts. */
export function openNode({ kind, id, label }: TopologyNode): void {
  if (kind === 'host') openHost(label);
  else if (kind === 'rest') showView('hosts');
  else openGroup(id);
}

/** What `openNode` does, in words. */
export const openWords = ({ kind }: TopologyNode): string => {
  const { page, open, hosts } = texts.topology.card;
  return kind === 'host' ? page : kind === 'rest' ? hosts : open;
};

/** Of a node in the drawing. */
interface Pinning {
  readonly isPinned: boolean;
  pin(pinned: boolean): void;
}

/** What can be done with a node; `pinning` null: it is not drawn. */
export function nodeActions(node: TopologyNode, pinning: Pinning | null): MenuItem[] {
  const test = nodeTest(node);
  const items: MenuItem[] = [{ id: 'open', label: openWords(node), run: () => openNode(node) }];
  if (test !== null) {
    items.push(
      { id: 'filter', label: words.filter, detail: test, separated: true, run: () => void filterTo(test) },
      { id: 'exclude', label: words.exclude, run: () => void exclude(test) },
      { id: 'flows', label: words.flows, separated: true, run: () => void show('flows', test) },
      { id: 'packets', label: words.packets, run: () => void show('packets', test) },
    );
  }
  if (pinning) {
    const { isPinned, pin } = pinning;
    items.push({ id: 'pin', label: isPinned ? words.unpin : words.pin, separated: true, run: () => pin(!isPinned) });
  }
  items.push({
    id: 'copy',
    separated: !pinning,
    label: node.kind === 'host' ? words.copyAddress : words.copy,
    run: () => void window.portlight.copyText(nodeTitle(node)),
  });
  return items;
}
