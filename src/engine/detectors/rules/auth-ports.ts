export const SSH_PORT = 22;

/** What is behind a port where one logs in. */
export interface AuthPort {
  readonly name: string;
  /**
   * Times as many short sessions as elsewhere are needed, where the answers cannot be read: applications open a database connection for each
   * page, mail programs one for each folder. 0: short sessions say nothing (mail between servers), only answers do.
   */
  readonly patience: number;
}

/** Times that a service's sessions are kept, see `AuthPort.patience`. */
export const MAX_PATIENCE = 3;

const PORTS: ReadonlyMap<number, AuthPort> = new Map([
  [21, { name: 'FTP', patience: 1 }],
  [SSH_PORT, { name: 'SSH', patience: 1 }],
  [23, { name: 'Telnet', patience: 1 }],
  [25, { name: 'SMTP', patience: 0 }],
  [110, { name: 'POP3', patience: 1 }],
  [143, { name: 'IMAP', patience: 1 }],
  [445, { name: 'SMB', patience: 1 }],
  [465, { name: 'SMTP', patience: 3 }],
  [587, { name: 'SMTP', patience: 3 }],
  [993, { name: 'IMAP', patience: 3 }],
  [995, { name: 'POP3', patience: 3 }],
  [3306, { name: 'MySQL', patience: 3 }],
  [3389, { name: 'RDP', patience: 1 }],
  [5432, { name: 'PostgreSQL', patience: 3 }],
  [5900, { name: 'VNC', patience: 1 }],
]);

export const authPort = (port: number): AuthPort | null => PORTS.get(port) ?? null;
