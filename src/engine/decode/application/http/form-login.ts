import { indexOf, startsWithNoCase } from '../bytes';

/** Bytes of a form that are searched: log-ins are short. */
const MAX_FORM = 4096;
const FORM = 'APPLICATION/X-WWW-FORM-URLENCODED';
/** Names of fields that hold a secret, or who logs in, as frameworks and devices call them; in upper case. */
const SECRETS: readonly string[] = [
  'PASSWORD',
  'PASSWD',
  'PASS',
  'PWD',
  'USERPASSWORD',
  'USER_PASSWORD',
  'USER[PASSWORD]',
  'LOGIN_PASSWORD',
  'J_PASSWORD',
  'PMA_PASSWORD',
];
const USERS: readonly string[] = [
  'USERNAME',
  'USER',
  'USER_LOGIN',
  'LOGIN',
  'LOG',
  'EMAIL',
  'UNAME',
  'USERID',
  'USER[LOGIN]',
  'USER[EMAIL]',
  'J_USERNAME',
  'PMA_USERNAME',
];
const AMPERSAND = 0x26;
const EQUALS = 0x3d;

/** Where the last form that was found has its user's name, as it is written; start = end where it names none. */
export const formLogin = { userStart: 0, userEnd: 0 };

export const isForm = (bytes: Uint8Array, start: number, end: number): boolean => startsWithNoCase(bytes, start, end, FORM);

/** A form (HTML, 4.10.21.6) with a password in it that is not empty. Where the secret stands is not kept. */
export function findFormLogin(bytes: Uint8Array, start: number, end: number): boolean {
  formLogin.userStart = formLogin.userEnd = start;
  const stop = Math.min(end, start + MAX_FORM);
  let found = false;
  for (let at = start; at < stop; ) {
    const next = indexOf(bytes, AMPERSAND, at, stop);
    const fieldEnd = next < 0 ? stop : next;
    const equals = indexOf(bytes, EQUALS, at, fieldEnd);
    if (equals > at && equals + 1 < fieldEnd) {
      // Blank fields of a form are sent too, and say nothing.
      if (isNamed(bytes, at, equals, SECRETS)) found = true;
      else if (formLogin.userEnd === formLogin.userStart && isNamed(bytes, at, equals, USERS)) {
        formLogin.userStart = equals + 1;
        formLogin.userEnd = fieldEnd;
      }
    }
    at = fieldEnd + 1;
  }
  return found;
}

function isNamed(bytes: Uint8Array, start: number, end: number, names: readonly string[]): boolean {
  for (const name of names) if (name.length === end - start && startsWithNoCase(bytes, start, end, name)) return true;
  return false;
}
