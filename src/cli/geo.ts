import { GeoDatabase } from '../engine/enrich/geo/geo-database';
import { complain, Exit } from './output';

/** Another database than the one that ships: an .mmdb file. `--geo` says it for one run. */
const ENVIRONMENT = 'PORTLIGHT_GEO';

/**
 * Runs with the database of places: of `path`, else of the environment, else the one that ships. One that was asked for and cannot be read
 * ends the command; without the one that ships there are no countries.
 */
export async function withGeo(path: string | undefined, run: (geo: GeoDatabase | null) => Promise<number>): Promise<number> {
  const city = path || process.env[ENVIRONMENT];
  const opened = await GeoDatabase.open(city ? { city } : {});
  if (!opened.ok) {
    complain(opened.problem);
    return city ? Exit.Failed : run(null);
  }
  try {
    return await run(opened.value);
  } finally {
    await opened.value.close();
  }
}
