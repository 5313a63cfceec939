import type { Deployed } from '../end-to-end/deployed-portcullis';
import { HUB } from '../end-to-end/deployed-portcullis';
import { runCli, type CliResult } from './run-cli';

export interface Terminal {
  readonly account?: string;
  /** Empty: no Region is set anywhere. */
  readonly region?: string;
  readonly defaultRegion?: string;
  readonly credentials?: boolean;
  /** How far the sandbox's time is ahead of the machine's: a terminal's clock agrees with AWS's. */
  readonly aheadMillis?: number;
}

/** Node's option that sets the clock of a process. */
function withClock(aheadMillis: number): string {
  const clock = `const now = Date.now;
    globalThis.Date = class extends Date {
      constructor(...given) { given.length > 0 ? super(...given) : super(now() + ${String(aheadMillis)}); }
      static now() { return now() + ${String(aheadMillis)}; }
    };`;
  return `--import=data:text/javascript,${encodeURIComponent(clock)}`;
}

/** The environment of somebody at a terminal who has the hub account's administrator in it. */
export function operatorEnvironment(
  { endpoint, hub }: Pick<Deployed, 'endpoint' | 'hub'>,
  { account = HUB, region = hub.region, defaultRegion = '', credentials = true, aheadMillis = 0 }: Terminal = {},
): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials ? account : '',
    AWS_SECRET_ACCESS_KEY: credentials ? 'any' : '',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: defaultRegion,
    AWS_PROFILE: '',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(aheadMillis === 0 ? {} : { NODE_OPTIONS: withClock(aheadMillis) }),
  };
}

/** Runs a command as somebody does who has the hub account's administrator in their environment. */
export function runAsOperator(
  deployed: Pick<Deployed, 'endpoint' | 'hub'>,
  args: readonly string[],
  terminal: Terminal = {},
): Promise<CliResult> {
  return runCli(args, { env: operatorEnvironment(deployed, terminal) });
}

/** What every failing command keeps to: nothing on stdout that a script could take for a result, one line on stderr. */
export function expectOneLine({ stderr }: CliResult, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^error: /);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
}
