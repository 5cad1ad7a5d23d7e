import { Children, Fragment, isValidElement, type ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import styles from './split.module.css';

interface SplitProps {
  /** Under which the sizes are remembered. */
  readonly id: string;
  readonly direction: 'horizontal' | 'vertical';
  /** `SplitPane`s; falsy ones are left out. */
  readonly children: ReactNode;
}

interface SplitPaneProps {
  readonly id: string;
  /** '40%' or '320px'. */
  readonly size: string;
  readonly minSize: string;
  readonly maxSize?: string;
  /** Keeps its pixels when the window changes size. At least one pane of a split must not. */
  readonly fixed?: boolean;
  /** What a screen reader calls the edge before this pane. */
  readonly edge?: string;
  readonly children: ReactNode;
}

/** Panes whose sizes a person sets by dragging the edge between them or with the arrow keys on it. */
export function Split({ id, direction, children }: SplitProps) {
  const panes = Children.toArray(children).filter((child) => isValidElement<SplitPaneProps>(child));
  const layout = useDefaultLayout({
    id: `portlight-${id}`,
    panelIds: panes.map((pane) => `${id}-${pane.props.id}`),
    storage: localStorage,
  });
  return (
    <Group className={styles.split} orientation={direction} defaultLayout={layout.defaultLayout} onLayoutChanged={layout.onLayoutChanged}>
      {panes.map(({ props }, index) => (
        <Fragment key={props.id}>
          {index > 0 && <Separator className={styles.separator} aria-label={props.edge} />}
          <Panel
            id={`${id}-${props.id}`}
            defaultSize={props.size}
            minSize={props.minSize}
            maxSize={props.maxSize}
            groupResizeBehavior={props.fixed ? 'preserve-pixel-size' : 'preserve-relative-size'}
            className={styles.pane}
          >
            {props.children}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}

/** Describes a pane to the `Split` that it stands in. */
export function SplitPane(_props: SplitPaneProps): ReactNode {
  return null;
}
