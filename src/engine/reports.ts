import type { AlertService } from './alerts/alert-service';
import type { Geo } from './enrich/geo/geo';
import { type StatisticsParts, StatisticsService } from './stats-views/statistics-service';

/** What the reports ask of whoever holds the session. */
export interface ReportsParts extends StatisticsParts {
  readonly alerts: AlertService;
  readonly geo: Geo;
}

/** Tables that are counted over the shown packets when somebody looks at them. */
export class Reports {
  readonly statistics: StatisticsService;

  constructor(parts: ReportsParts) {
    this.statistics = new StatisticsService(parts);
  }

  /** The session is closed. */
  close(): void {
    this.statistics.close();
  }
}
