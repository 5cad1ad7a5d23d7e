import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ascii, ethernet, ip, tcp } from '../builders/layers';
import { violationsOf } from './axe';
import { pcapOf } from './capture-files';
import { withCapture } from './with-capture';

const CLIENT = '10.0.0.7';
const SERVER = '10.0.0.4';
const REQUEST = 'GET /secret.html HTTP/1.1\r\nHost: example.org\r\n\r\n';
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n';
const BEGINNING = '<p>\u001b[31mred, a tab\t, ';
const END = 'gr\u00fc\u00dfe, \u202eend</p>';
const LOST = 12;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A request that is repeated, and an answer whose middle is missing. */
function capture(): Uint8Array {
  const up = (flags: string, sequence: number, acknowledgement: number, payload: Uint8Array = utf8('')) =>
    ethernet({ payload: ip(CLIENT, SERVER, tcp({ flags, sequence, acknowledgement, payload })) });
  const down = (flags: string, sequence: number, acknowledgement: number, payload: Uint8Array = utf8('')) =>
    ethernet({ payload: ip(SERVER, CLIENT, tcp({ sourcePort: 80, destinationPort: 40_000, flags, sequence, acknowledgement, payload })) });
  const request = ascii(REQUEST);
  const asked = 101 + request.length;
  const head = ascii(HEAD);
  const body = utf8(BEGINNING);
  const rest = utf8(END);
  const gap = 501 + head.length + body.length;
  return pcapOf([
    up('S', 100, 0),
    down('SA', 500, 101),
    up('A', 101, 501),
    up('PA', 101, 501, request),
    up('PA', 101, 501, request),
    down('A', 501, asked),
    down('PA', 501, asked, head),
    down('PA', 501 + head.length, asked, body),
    down('PA', gap + LOST, asked, rest),
    up('A', asked, gap + LOST + rest.length),
  ]);
}

describe('following a stream', () => {
  const launched = withCapture('http.pcap', capture, 10);

  const page = () => launched.page.getByTestId('stream');
  const content = () => launched.page.getByRole('region', { name: 'Content of the stream' });
  const text = (): Promise<string> => content().innerText();
  const saveAs = (filePath: string): Promise<void> =>
    launched.app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
    }, filePath);

  it('opens for the selected packet with the keys that Wireshark has for it', async () => {
    await launched.parts.cell(4, 1).click();
    await launched.parts.inspector.getByRole('button', { name: 'Follow stream' }).waitFor();
    await launched.page.keyboard.press('Control+Alt+Shift+T');
    await page().getByRole('heading', { name: 'TCP stream' }).waitFor();
    await expect.poll(text).toContain('GET /secret.html HTTP/1.1');
    const [stream, inspector] = await Promise.all([page().boundingBox(), launched.parts.inspector.boundingBox()]);
    expect((stream?.x ?? 0) + (stream?.width ?? 0)).toBeLessThanOrEqual(inspector?.x ?? 0);
  });

  it('shows what each side sent, once, and what is missing', async () => {
    const shown = await text();
    expect(shown.match(/GET \/secret/g)).toHaveLength(1);
    expect(shown).toMatch(/→ Client[\s\S]*Packet 4[\s\S]*← Server[\s\S]*Packets 7–8/);
    expect(shown).toContain(`${LOST} bytes are missing: they were sent and acknowledged, but are not in the capture`);
    expect(await page().innerText()).toContain(`${REQUEST.length} B sent again and left out`);
  });

  it('shows control and direction characters as dots', async () => {
    const shown = await text();
    expect(shown).toContain('<p>.[31mred, a tab , ');
    expect(shown).toContain('grüße, .end</p>');
  });

  it('has a hex dump, raw bytes and one side alone', async () => {
    await page().getByText('Hex', { exact: true }).first().click();
    await expect.poll(text).toMatch(/00000000\s*47 45 54 20 2f/);
    await page().getByText('Raw', { exact: true }).click();
    await expect.poll(text).toContain('474554202f736563');
    await page().getByText('Text', { exact: true }).click();
    await page().getByRole('combobox', { name: 'Who sent it' }).selectOption('Server only');
    await expect.poll(text).not.toContain('GET /');
    await page().getByRole('combobox', { name: 'Who sent it' }).selectOption('Both sides');
  });

  it('is searched for text across packets and for bytes', async () => {
    await launched.page.keyboard.press('Control+F');
    const field = page().getByRole('textbox');
    await field.fill('http/1.1');
    await page().getByText('1 of 2', { exact: true }).waitFor();
    await field.press('Enter');
    await page().getByText('2 of 2', { exact: true }).waitFor();
    expect(await content().locator('mark[data-current]').innerText()).toBe('HTTP/1.1');
    // From the last bytes of one packet to the first of the next.
    await field.fill('\r\n<p>'.trim());
    await page().getByText('1 of 1', { exact: true }).waitFor();
    await page().getByRole('button', { name: 'Hex: search bytes in hexadecimal' }).click();
    await field.fill('0d 0a 3c 70');
    await page().getByText('1 of 1', { exact: true }).waitFor();
    await field.fill('xyz');
    await page().getByText('Pairs of 0–9, a–f').waitFor();
    await field.press('Escape');
    await expect.poll(() => field.inputValue()).toBe('');
  });

  it('selects the packet of what is clicked', async () => {
    await content().getByRole('button', { name: 'Packets 7–8' }).click();
    await launched.parts.inspector.getByText('Packet 7').waitFor();
    await content().getByText('end</p>').click();
    await launched.parts.inspector.getByText('Packet 9').waitFor();
  });

  it('is saved as the bytes that were captured', async () => {
    const path = launched.folder.path('stream.bin');
    await saveAs(path);
    await page().getByText('Raw', { exact: true }).click();
    await page().getByRole('button', { name: 'Save raw…' }).click();
    await launched.page.getByText(/saved to stream\.bin\. 12 B are missing/).waitFor();
    expect((await readFile(path)).toString()).toBe(REQUEST + HEAD + BEGINNING + END);
  });

  it('has no accessibility violations', async () => {
    expect(await violationsOf(launched.page, '[data-testid="stream"]')).toEqual([]);
  });

  it('closes with Escape; the packet that was clicked is the one in the list', async () => {
    await content().focus();
    await launched.page.keyboard.press('Escape');
    await page().waitFor({ state: 'detached' });
    await expect.poll(() => launched.parts.selectedRow.innerText()).toMatch(/^9/);
  });

  it('opens from the menu of a packet, and filters to its packets', async () => {
    await launched.parts.cell(1, 3).click({ button: 'right' });
    await launched.page.getByRole('menuitem', { name: 'Follow stream' }).click();
    await page().getByRole('button', { name: 'Show only its packets' }).click();
    await page().waitFor({ state: 'detached' });
    await expect.poll(() => launched.parts.filter.inputValue()).toBe('flow == 0');
  });
});
