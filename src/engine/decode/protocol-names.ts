/** What the Protocol column shows, interned: known names have fixed ids, others (an unknown EtherType as '0x6007') get one when they appear. */
const MAX_NAMES = 4096;

export class ProtocolNames {
  readonly #names: string[] = [''];
  readonly #ids = new Map<string, number>([['', 0]]);

  /** Id of the name; 0 where 4,096 names are known already (only invented numbers can be so many). */
  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    if (this.#names.length >= MAX_NAMES) return 0;
    this.#names.push(name);
    this.#ids.set(name, this.#names.length - 1);
    return this.#names.length - 1;
  }

  name(id: number): string {
    return this.#names[id] ?? '';
  }

  get count(): number {
    return this.#names.length;
  }
}

/** One table for the process: names are constants of code, so modules take their ids once when they load. */
export const protocolNames = new ProtocolNames();
