import { describe, expect, it } from 'vitest';
import { writePcap } from '../builders/pcap';
import { violationsOf } from './axe';
import { frame } from './capture-files';
import { withCapture } from './with-capture';

const PACKETS = 2000;
/** Packets a second; the capture takes 200 s. */
const RATE = 10;

const capture = (): Uint8Array =>
  writePcap(
    Array.from({ length: PACKETS }, (_, i) => ({
      data: frame(`10.0.0.1:${1000 + i} > 10.0.0.4:53`),
      seconds: 1_700_000_000 + Math.floor(i / RATE),
      fraction: (i % RATE) * (1e6 / RATE),
    })),
  );

describe('a replay', () => {
  const launched = withCapture('steady.pcap', capture, PACKETS);
  const speed = (value: string) => launched.page.getByLabel('Speed of the replay').selectOption(value);
  const position = (): Promise<string> => launched.page.getByTestId('replay-position').innerText();
  const play = (): Promise<void> => launched.page.getByRole('button', { name: /^Play/ }).click();
  const pause = (): Promise<void> => launched.page.getByRole('button', { name: /^Pause \(/ }).click();
  const jump = () => launched.page.getByRole('button', { name: /^Jump to newest/ });
  const packets = async (): Promise<number> =>
    Number(/([\d,]+) shown/.exec(await launched.parts.status.innerText())?.[1]?.replaceAll(',', '') ?? Number.NaN);
  /** Number of the last row on screen. */
  const lastRow = async (): Promise<number> =>
    Number((await launched.parts.rows()).at(-1)?.split(' ')[0]?.replaceAll(',', '') ?? Number.NaN);
  /** Clicks the time line at this share of its width. */
  const goTo = async (share: number): Promise<void> => {
    const box = await launched.page.getByTestId('brush-axis').boundingBox();
    if (!box) throw new Error('there is no time line');
    await launched.page.mouse.click(box.x + box.width * share, box.y + box.height / 2);
  };
  /** What does not move any more. */
  const atRest = async (read: () => Promise<number>): Promise<number> => {
    for (let before = await read(); ; ) {
      await launched.page.waitForTimeout(300);
      const now = await read();
      if (now === before) return now;
      before = now;
    }
  };

  it('begins with the file that is open, from the palette', async () => {
    await launched.page.keyboard.press('Control+k');
    await launched.page.keyboard.type('Replay this capture');
    await launched.page.getByText('Replay this capture').first().waitFor();
    await launched.page.keyboard.press('Enter');
    await launched.page.getByTestId('replay-bar').waitFor();
    expect(await position()).toMatch(/^0:0\d\.\d \/ 3:19\.9$/);
    expect(await packets()).toBeLessThan(PACKETS);
    await speed('10');
    await pause();
  });

  it('stands while it is paused, and steps by exactly one packet, or by 100', async () => {
    const before = await atRest(packets);
    await launched.page.keyboard.press('.');
    await expect.poll(packets).toBe(before + 1);
    expect(await atRest(packets)).toBe(before + 1);
    await launched.page.keyboard.press('Shift+>');
    await expect.poll(packets).toBe(before + 101);
    const step = launched.page.getByRole('button', { name: /^One packet more/ });
    await step.click();
    expect(await atRest(packets)).toBe(before + 102);
  });

  it('goes where the time line is clicked, forward and back', async () => {
    await goTo(0.5);
    await expect.poll(packets).toBeGreaterThan(PACKETS * 0.45);
    const half = await atRest(packets);
    expect(half).toBeLessThan(PACKETS * 0.55);
    // Packet N is at (N - 1) / 10 s.
    const [, minutes, seconds] = /^(\d+):([\d.]+) /.exec(await position()) ?? [];
    expect(Math.floor((Number(minutes) * 60 + Number(seconds)) * RATE) + 1).toBeCloseTo(half, -1);
    await goTo(0.25);
    await expect.poll(packets).toBeLessThan(PACKETS * 0.3);
    expect(await atRest(packets)).toBeGreaterThan(PACKETS * 0.2);
  });

  it('is moved by the keys of its handle', async () => {
    const before = await atRest(packets);
    const handle = launched.page.getByRole('slider', { name: 'Position of the replay' });
    await handle.focus();
    await launched.page.keyboard.press('Shift+ArrowRight');
    await expect.poll(packets).toBeGreaterThan(before + PACKETS * 0.04);
    expect(await atRest(packets)).toBeLessThan(before + PACKETS * 0.06);
  });

  it('keeps a time range that is chosen over the strip', async () => {
    const strip = await launched.page.getByTestId('time-brush').boundingBox();
    if (!strip) throw new Error('there is no strip');
    const y = strip.y + strip.height / 2;
    await launched.page.mouse.move(strip.x + strip.width * 0.05, y);
    await launched.page.mouse.down();
    await launched.page.mouse.move(strip.x + strip.width * 0.1, y, { steps: 4 });
    await launched.page.mouse.up();
    await expect.poll(packets).toBeLessThan(PACKETS * 0.06);
    const inRange = await packets();
    expect(inRange).toBeGreaterThan(PACKETS * 0.04);
    await launched.page.keyboard.press('.');
    expect(await atRest(packets)).toBe(inRange);
    await launched.page.getByRole('slider', { name: 'Start of the time range' }).press('Escape');
    await expect.poll(packets).toBeGreaterThan(inRange);
  });

  it('is followed by the list until one scrolls up, and again when asked', async () => {
    await speed('25');
    await play();
    await expect.poll(async () => (await packets()) - (await lastRow())).toBeLessThan(60);
    await launched.parts.list.hover();
    await launched.page.mouse.wheel(0, -600);
    await jump().waitFor();
    const stays = await lastRow();
    const before = await packets();
    await expect.poll(packets).toBeGreaterThan(before + 60);
    expect(await lastRow()).toBe(stays);
    expect(await jump().innerText()).toMatch(/Jump to newest \([\d,]+ new\)/);
    await jump().click();
    await expect.poll(lastRow).toBeGreaterThan(stays + 50);
    // A row that is chosen stays in view too; End follows again.
    await launched.page.keyboard.press('ArrowUp');
    await jump().waitFor();
    await launched.page.keyboard.press('End');
    await jump().waitFor({ state: 'detached' });
    await launched.page.keyboard.press('Space');
    await launched.page.getByRole('button', { name: /^Play \(/ }).waitFor();
    await expect.poll(async () => (await packets()) - (await lastRow())).toBe(0);
  });

  it('at full speed is at its end at once, and can be played again', async () => {
    await speed('max');
    await play();
    await launched.parts.shows(PACKETS);
    await launched.page.getByTestId('replay-bar').getByText('Ended').waitFor();
    await expect.poll(lastRow).toBe(PACKETS);
    await speed('1');
    await launched.page.getByRole('button', { name: /^Play again/ }).click();
    await expect.poll(packets).toBeLessThan(200);
    await pause();
  });

  it('has nothing that axe objects to', async () => {
    for (const theme of ['light', 'contrast', 'dark']) {
      await launched.page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      expect(await violationsOf(launched.page, 'body')).toEqual([]);
    }
  });

  it('gives way to the whole file', async () => {
    await launched.page.getByRole('button', { name: 'Show the whole file' }).click();
    await launched.parts.shows(PACKETS);
    expect(await launched.page.getByTestId('replay-bar').count()).toBe(0);
    expect(await launched.page.getByTestId('packet-tail').count()).toBe(0);
  });
});
