import { z } from 'zod';
import { MAP_SCOPES, MAX_MAP_EVENTS, type MapCalls } from '../../shared/contract/map';
import type { MapService } from './map-service';

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const scope = z.enum(MAP_SCOPES);

export const mapSchemas: { readonly [K in keyof MapCalls]: z.ZodType<MapCalls[K]['args']> } = {
  'map.places': z.strictObject({ scope }),
  'map.events': z.strictObject({
    scope,
    after: z.strictObject({ session: count, filter: count, position: count, alert: count }).nullable(),
    count: z.number().int().min(0).max(MAX_MAP_EVENTS),
  }),
};

type Handlers = { readonly [K in keyof MapCalls]: (args: MapCalls[K]['args']) => Promise<MapCalls[K]['result']> };

export const mapCalls = (map: MapService): Handlers => ({
  'map.places': (args) => map.places(args),
  'map.events': (args) => map.events(args),
});
