import { type ExposureParts, ExposureService } from './exposure/exposure-service';
import { StatisticsService } from './stats-views/statistics-service';

/** Tables that are counted over the shown packets when somebody looks at them. */
export class Reports {
  readonly statistics: StatisticsService;
  readonly exposure: ExposureService;

  constructor(parts: ExposureParts) {
    this.statistics = new StatisticsService(parts);
    this.exposure = new ExposureService(parts);
  }

  /** The session is closed. */
  close(): void {
    this.statistics.close();
    this.exposure.close();
  }
}
