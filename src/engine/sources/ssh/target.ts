import { fail, ok, type Result } from '../../../shared/base/result';

/** Where to connect to, as it was typed; what is null comes from the configuration or is the default. */
export interface SshTarget {
  readonly user: string | null;
  /** A host name, an address, or a `Host` of the configuration. */
  readonly host: string;
  readonly port: number | null;
}

const WRONG = 'Write it as user@host or user@host:port; an IPv6 address with a port goes into brackets, as in root@[2001:db8::1]:22.';

/** `[user@]host[:port]`, also with `ssh://` before it. Problem code: `bad-ssh-target`. */
export function parseSshTarget(text: string): Result<SshTarget> {
  const rest = text
    .trim()
    .replace(/^ssh:\/\//i, '')
    .replace(/\/$/, '');
  const at = rest.lastIndexOf('@');
  const user = at < 0 ? null : rest.slice(0, at);
  const place = rest.slice(at + 1);
  const bracketed = /^\[([0-9a-fA-F:.%\w]+)\](?::(\d+))?$/.exec(place);
  const named = /^([^:[\]]+)(?::(\d+))?$/.exec(place);
  const bare = /^[0-9a-fA-F:.]+(?:%\w+)?$/.test(place) && place.split(':').length > 2 ? place : null;
  const host = bracketed?.[1] ?? named?.[1] ?? bare;
  const digits = bracketed?.[2] ?? named?.[2];
  const port = digits === undefined ? null : Number(digits);
  // A leading '-' or a blank is never a host, and must not become an option or a second word anywhere.
  if (!host || /^-|[\p{Cc}\s'"`$\\;&<>|(){}]/u.test(host) || user === '' || (user !== null && /^-|[\p{Cc}\s]/u.test(user))) {
    return fail('bad-ssh-target', `"${text}" does not name a server.`, WRONG);
  }
  if (port !== null && (port < 1 || port > 65535)) return fail('bad-ssh-target', `${digits} is not a port (1 to 65535).`, WRONG);
  return ok({ user, host, port });
}
