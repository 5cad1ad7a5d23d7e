/** What the page saw after an input, in milliseconds since it reached the window. */
export interface Seen {
  /** The first frame that had other content than before, and data: no message, no spinner. */
  readonly first: number;
  /** The frame after which nothing changed any more. */
  readonly final: number;
  /** What was there then, as one text. */
  readonly end: string;
}

interface WatchOptions {
  /** Selector of what is there as soon as there is data. */
  readonly data: string;
  /** What begins the time. */
  readonly event: 'keydown' | 'pointerup';
  /** What will be there in the end; null: not known, so nothing may change for `quiet` ms. */
  readonly end: string | null;
  readonly quiet: number;
  /** Given up after so many ms. */
  readonly latest: number;
}

declare global {
  interface Window {
    viewProbe: {
      /** Begins to look. It has to be there before the input is sent. */
      watch(options: WatchOptions): void;
      /** What was seen, once it is over. */
      seen(): Promise<Seen>;
      /** Until nothing changed for so many ms. */
      settle(quiet: number): Promise<void>;
    };
  }
}

/** To be run in the page, once: it must not use anything from outside. */
export function installProbe(): void {
  /** The text that is on screen in the view, and how many signs are on a map. */
  const content = (): string => {
    const main = document.querySelector('main');
    if (!main) return '';
    const texts: string[] = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof HTMLElement && (node.hidden || node.matches('[role="tooltip"], .mantine-Loader-root'))
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    );
    // Rows of a pool stand in any order.
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.nodeType === Node.TEXT_NODE && node.nodeValue) texts.push(node.nodeValue);
    return `${texts.sort().join('|')} ${main.querySelectorAll('svg path, .leaflet-marker-icon').length}`;
  };
  const isBusy = (): boolean =>
    document.querySelector('main [aria-busy="true"], main .mantine-Loader-root') !== null ||
    document.querySelector('[data-testid="status"] [role="progressbar"]') !== null;
  /** After the frame that is being made was painted. */
  const afterPaint = (then: () => void): void => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(null);
  };
  let seen: Promise<Seen> = Promise.reject(new Error('nothing is watched'));
  seen.catch(() => undefined);
  window.viewProbe = {
    seen: () => seen,
    watch: ({ data, event, end, quiet, latest }) => {
      seen = new Promise((resolve) => {
        let start = 0;
        let first = 0;
        let final = 0;
        let last = content();
        document.addEventListener(event, ({ timeStamp }) => (start = timeStamp), { capture: true, once: true });
        const look = (): void => {
          if (start === 0) {
            requestAnimationFrame(look);
            return;
          }
          const now = content();
          const isOther = now !== last;
          last = now;
          const hasData = document.querySelector(`main :is(${data})`) !== null;
          afterPaint(() => {
            const at = performance.now() - start;
            if (isOther) {
              if (hasData && first === 0) first = at;
              final = at;
            }
            const isOver = end === null ? at - final > quiet && !isBusy() : now === end && at > 0 && (final > 0 || at > quiet);
            if (isOver || at > latest || (end !== null && at - final > 2 * quiet && !isBusy()))
              resolve({ first: first || final, final, end: now });
            else requestAnimationFrame(look);
          });
        };
        requestAnimationFrame(look);
      });
    },
    settle: (quiet) =>
      new Promise((resolve) => {
        let since = performance.now();
        let last = content();
        const look = (): void => {
          const now = content();
          if (now !== last || isBusy()) since = performance.now();
          last = now;
          if (performance.now() - since > quiet) resolve();
          else requestAnimationFrame(look);
        };
        look();
      }),
  };
}
