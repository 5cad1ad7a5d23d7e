import { type ExposureParts, ExposureService } from './exposure/exposure-service';
import { type OverviewParts, OverviewService } from './overview/overview-service';
import { StatisticsService } from './stats-views/statistics-service';

/** What is counted over the shown packets when somebody looks at it. */
export class Reports {
  readonly statistics: StatisticsService;
  readonly exposure: ExposureService;
  readonly overview: OverviewService;

  constructor(parts: ExposureParts & OverviewParts) {
    this.statistics = new StatisticsService(parts);
    this.exposure = new ExposureService(parts);
    this.overview = new OverviewService(parts);
  }

  /** The session is closed. */
  close(): void {
    this.statistics.close();
    this.exposure.close();
    this.overview.close();
  }
}
