/** One line that a function printed. */
export interface LogLine {
  readonly account: string;
  readonly region: string;
  readonly functionName: string;
  readonly version: string;
  readonly requestId: string | undefined;
  readonly at: string;
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
}

/** One metric value that a function printed in the embedded metric format. */
export interface MetricValue {
  readonly account: string;
  readonly region: string;
  readonly functionName: string;
  readonly at: string;
  readonly namespace: string;
  readonly name: string;
  readonly unit: string | undefined;
  readonly value: number;
  readonly dimensions: Readonly<Record<string, string>>;
}

const KEPT_LINES = 20_000;

/** What all functions have printed, the oldest lines dropped first. */
export class FunctionOutput {
  readonly #lines: LogLine[] = [];
  readonly #metrics: MetricValue[] = [];

  add(line: LogLine): void {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    this.#metrics.push(...toMetrics(line));
  }

  lines(functionName?: string): readonly LogLine[] {
    return this.#lines.filter((line) => functionName === undefined || line.functionName === functionName);
  }

  metrics(functionName?: string): readonly MetricValue[] {
    return this.#metrics.filter((metric) => functionName === undefined || metric.functionName === functionName);
  }
}

/**
 * The metrics in a line of the embedded metric format; none in any other line.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
function toMetrics({ account, region, functionName, at, line }: LogLine): readonly MetricValue[] {
  if (!line.includes('"CloudWatchMetrics"')) return [];
  const entry = parseRecord(line);
  return records(record(entry['_aws'])['CloudWatchMetrics']).flatMap((directive) =>
    records(directive['Metrics']).flatMap(({ Name, Unit }) => {
      if (typeof Name !== 'string') return [];
      const dimensionNames = Array.isArray(directive['Dimensions']) ? directive['Dimensions'].flat() : [];
      const dimensions = dimensionNames.map((name) => [String(name), String(entry[String(name)])] as const);
      return [entry[Name]].flat().flatMap((value) =>
        typeof value === 'number'
          ? [
              {
                account,
                region,
                functionName,
                at,
                namespace: String(directive['Namespace']),
                name: Name,
                unit: typeof Unit === 'string' ? Unit : undefined,
                value,
                dimensions: Object.fromEntries(dimensions),
              },
            ]
          : [],
      );
    }),
  );
}

function parseRecord(json: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(json));
  } catch {
    return {};
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(record) : [];
}
