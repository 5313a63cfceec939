import type { Clock, Metric, Metrics } from '../../flow/ports';
import { writeLine } from './json-log';

export const METRIC_NAMESPACE = 'Portcullis';

/**
 * Metrics as log lines: CloudWatch makes metrics of them without a call and without a permission.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createEmfMetrics(clock: Clock, write: (line: string) => void = writeLine): Metrics {
  return {
    count: (metric: Metric, value = 1) => {
      write(
        JSON.stringify({
          _aws: {
            Timestamp: clock.now().getTime(),
            CloudWatchMetrics: [
              { Namespace: METRIC_NAMESPACE, Dimensions: [[]], Metrics: [{ Name: metric, Unit: unitOf(metric) }] },
            ],
          },
          [metric]: value,
        }),
      );
    },
  };
}

function unitOf(metric: Metric): 'Seconds' | 'Count' {
  return metric === 'SecondsToClose' ? 'Seconds' : 'Count';
}
