import { z } from 'zod';
import { MAP_SCOPES } from '../../shared/contract/map';
import type { OverviewCalls } from '../../shared/contract/overview';
import type { OverviewService } from './overview-service';

const scope = z.strictObject({ scope: z.enum(MAP_SCOPES) });

export const overviewSchemas: { [K in keyof OverviewCalls]: z.ZodType<OverviewCalls[K]['args']> } = {
  'overview.places': scope,
  'overview.new': scope,
};

type Handlers = { [K in keyof OverviewCalls]: (args: OverviewCalls[K]['args']) => Promise<OverviewCalls[K]['result']> };

export const overviewCalls = (service: OverviewService): Handlers => ({
  'overview.places': ({ scope }) => service.places(scope),
  'overview.new': ({ scope }) => service.newToday(scope),
});
