/** What a drawn SSH connection comes to; `login` succeeds after `refusals` refused passwords. */
export interface SshDrawing {
  readonly client?: string;
  readonly server?: string;
  readonly refusals?: number;
  readonly login?: boolean;
  /** Packets of 1,400 bytes each way after the login. */
  readonly data?: number;
  readonly seconds?: number;
  readonly end?: boolean;
}

/** Sizes as OpenSSH 9 with its usual ciphers has them: service accept 44, refusal 76, success 28 bytes. */
export function sshConnection(at: number, port: number, drawing: SshDrawing = {}): string[] {
  const { refusals = 4, login = false, data = 0, seconds = 0.2, end = true } = drawing;
  const client = `${drawing.client ?? '192.0.2.66'}:${port}`;
  const server = drawing.server ?? '10.0.0.20:22';
  const up = (length: number): string => `${client} > ${server} PA len=${length}`;
  const down = (length: number): string => `${server} > ${client} PA len=${length}`;
  return [
    `@${at.toFixed(3)} ${client} > ${server} S`,
    `${server} > ${client} SA`,
    `${client} > ${server} A`,
    up(23),
    down(41),
    up(904),
    down(1088),
    up(48),
    down(524),
    up(16),
    up(44),
    down(44),
    ...Array.from({ length: refusals }, () => [up(84), down(76)]).flat(),
    ...(login ? [up(84), down(28)] : []),
    ...Array.from({ length: data }, () => [up(1400), down(1400)]).flat(),
    ...(end ? [`@${(at + seconds).toFixed(3)} ${client} > ${server} FA`, `${server} > ${client} FA`] : []),
  ];
}
