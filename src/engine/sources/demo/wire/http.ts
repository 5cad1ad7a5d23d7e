import type { Random } from '../random';
import { ascii } from './bytes';

const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
] as const;
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  403: 'Forbidden',
  404: 'Not Found',
};

/** Filling for pages. */
export const PAGE =
  '<section><h2>Example</h2><p>This page was made up for a demonstration. Nobody wrote it and nobody reads it.</p></section>\n';

export function httpRequest(random: Random, method: string, host: string, path: string, agent: string = random.pick(AGENTS)): Uint8Array {
  return ascii(
    `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: ${agent}\r\nAccept: text/html,*/*;q=0.8\r\nAccept-Encoding: identity\r\nConnection: keep-alive\r\n\r\n`,
  );
}

export function httpAnswer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Uint8Array {
  const lines = Object.entries({ Server: 'nginx', 'Content-Length': String(body.length), ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return ascii(`HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}
