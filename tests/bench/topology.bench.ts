// The topology in the real Electron: frames while a graph of 300 hosts and 1,000 connections is dragged and zoomed, and 20,000 hosts in groups
// until they are shown. The engine's part is measured in this process, where it can be seen for how long it answers nobody.
import { loadavg } from 'node:os';
import type { Page } from 'playwright-core';
import type { Engine } from '../../src/engine/engine';
import type { EngineCalls, EngineTopics } from '../../src/shared/contract/engine';
import type { RpcClient } from '../../src/shared/rpc/client';
import type { memoryPair } from '../../src/shared/rpc/memory-pair';
import { type LaunchedApp, launchApp } from '../e2e/harness';
import { makeNetwork } from './make-flows.mjs';
import { longestBlock, round } from './measure.mjs';
import { choose, frameSummary, frames, longestTask } from './page-measures';

const SIZE = { width: 1440, height: 900 };
const SMALL = { hosts: 300, pairs: 1000 };
const LARGE = { hosts: 20_000, pairs: 40_000 };
const MOVE_MS = 5000;
const REST_MS = 2000;
const MAX_WAIT_MS = 120_000;

interface Options {
  readonly folder: string;
  readonly parts: {
    readonly Engine: typeof Engine;
    readonly RpcClient: typeof RpcClient;
    readonly memoryPair: typeof memoryPair;
  };
}

type Gesture = 'pan' | 'drag' | 'zoom';

/** In the page: events as the browser delivers them, 60 a second for so long; the graph follows the pointer around a circle. */
const gesture = (page: Page, kind: Gesture, from: { readonly x: number; readonly y: number }, milliseconds: number): Promise<void> =>
  page.evaluate(
    ({ kind, from, duration }) =>
      new Promise<void>((resolve) => {
        const target = document.elementFromPoint(from.x, from.y) ?? document.body;
        const start = performance.now();
        const at = (turn: number) => ({ clientX: from.x + 120 * Math.sin(turn), clientY: from.y + 120 * (1 - Math.cos(turn)) });
        const send = (type: string, on: EventTarget, turn: number) =>
          on.dispatchEvent(new MouseEvent(type, { ...at(turn), button: 0, buttons: 1, bubbles: true, cancelable: true, view: window }));
        if (kind !== 'zoom') send('mousedown', target, 0);
        const timer = setInterval(() => {
          const elapsed = performance.now() - start;
          const turn = elapsed / 500;
          const way = Math.sin(turn) > 0 ? 1 : -1;
          if (kind === 'zoom')
            target.dispatchEvent(new WheelEvent('wheel', { ...at(0), deltaY: 30 * way, bubbles: true, cancelable: true, view: window }));
          else send('mousemove', window, turn);
          if (elapsed < duration) return;
          clearInterval(timer);
          if (kind !== 'zoom') send('mouseup', window, 0);
          resolve();
        }, 16);
      }),
    { kind, from, duration: milliseconds },
  );

/** Where the node with the most bytes is: the menu of the keys opens at it. */
async function busiestNode(page: Page): Promise<{ x: number; y: number }> {
  await page.getByTestId('topology-graph').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+F10');
  const menu = await page.getByRole('menu').boundingBox();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  return { x: menu?.x ?? 0, y: menu?.y ?? 0 };
}

/** In the page: from now until the graph is arranged, and the longest time for which the page did nothing else. */
const watchGraph = (page: Page): Promise<{ shownMs: number; arrangedMs: number; longestBlockMs: number }> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const start = performance.now();
        let shown = 0;
        let last = start;
        let longest = 0;
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          const now = performance.now();
          longest = Math.max(longest, now - last);
          last = now;
          const graph = document.querySelector('[data-testid="topology-graph"]');
          if (shown === 0 && Number(graph?.getAttribute('data-nodes') ?? 0) > 0) shown = now - start;
          if (shown > 0 && graph?.getAttribute('aria-busy') === 'false')
            resolve({ shownMs: shown, arrangedMs: now - start, longestBlockMs: longest });
          else channel.port2.postMessage(null);
        };
        channel.port2.postMessage(null);
      }),
  );

async function open({ app, page }: LaunchedApp, file: string) {
  await choose(app, file);
  await page.keyboard.press('Control+o');
  await page.locator('[data-testid="status"]').filter({ hasText: '(100 %)' }).waitFor({ timeout: MAX_WAIT_MS });
  await page.waitForFunction(() => document.querySelector('[role="progressbar"]') === null);
  const session = await app.context().newCDPSession(page);
  const { result, cpuMs } = await longestTask(session, async () => {
    const watching = watchGraph(page);
    await page.keyboard.press('8');
    return watching;
  });
  const { shownMs, arrangedMs, longestBlockMs } = result;
  const graph = page.getByTestId('topology-graph');
  return {
    nodes: Number(await graph.getAttribute('data-nodes')),
    edges: Number(await graph.getAttribute('data-edges')),
    shownMs: round(shownMs, 0),
    arrangedMs: round(arrangedMs, 0),
    longestBlockMs: round(longestBlockMs, 0),
    longestTaskCpuMs: cpuMs,
  };
}

/** The engine's part of the question, over a wire within this process. */
async function inEngine(file: string, { Engine, RpcClient, memoryPair }: Options['parts']) {
  const engine = new Engine();
  const [engineEnd, windowEnd] = memoryPair();
  engine.connect(engineEnd);
  const client = new RpcClient<EngineCalls, EngineTopics>(windowEnd);
  const loaded = new Promise<void>((resolve) => {
    client.subscribe('tick', ({ load }) => {
      if (load.state === 'done') resolve();
    });
  });
  await client.call('session.open', { path: file });
  await loaded;
  const started = performance.now();
  const { result, longest } = await longestBlock(() =>
    client.call('topology.graph', { scope: 'shown', grouping: 'auto', open: [], limit: 300 }),
  );
  const took = performance.now() - started;
  await engine.dispose();
  return { hosts: result?.totals.hosts ?? 0, ms: round(took, 0), longestBlockMs: round(longest, 0) };
}

async function inWindow(file: string, measure: (launched: LaunchedApp) => Promise<object>) {
  const launched = await launchApp({ size: SIZE });
  try {
    await launched.page.getByTestId('start-page').waitFor();
    return { graph: await open(launched, file), ...(await measure(launched)) };
  } finally {
    await launched.close();
  }
}

export default async function measureTopology({ folder, parts }: Options) {
  const small = `${folder}/network-${SMALL.hosts}.pcap`;
  const large = `${folder}/network-${LARGE.hosts}.pcap`;
  makeNetwork(SMALL, small);
  makeNetwork(LARGE, large);
  const moved = async ({ page }: LaunchedApp): Promise<object> => {
    const framesAtRest = frameSummary(await frames(page, REST_MS));
    const node = await busiestNode(page);
    const box = await page.getByTestId('topology-graph').boundingBox();
    const corner = { x: (box?.x ?? 0) + (box?.width ?? 0) - 80, y: (box?.y ?? 0) + 60 };
    const during = async (kind: Gesture, at: { x: number; y: number }) => {
      const running = frames(page, MOVE_MS);
      await gesture(page, kind, at, MOVE_MS);
      return frameSummary(await running);
    };
    return {
      load: loadavg().map((value) => round(value)),
      framesAtRest,
      framesWhileTheGraphIsDragged: await during('pan', corner),
      framesWhileItsBusiestHostIsDragged: await during('drag', node),
      framesWhileItIsZoomed: await during('zoom', node),
    };
  };
  return {
    [`${SMALL.hosts} hosts`]: await inWindow(small, moved),
    [`${LARGE.hosts} hosts`]: {
      ...(await inWindow(large, async () => ({ load: loadavg().map((value) => round(value)) }))),
      engine: await inEngine(large, parts),
    },
  };
}
