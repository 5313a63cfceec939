import type { EditTemplate } from '../assembly';
import { deploy, MEMBER, type Deployed } from '../deployed-portcullis';
import { loggedTraffic, type LoggedTraffic } from './logged-traffic';

export const FRANKFURT = { account: MEMBER, region: 'eu-central-1' };

/** A record of SSH that was let in, without who came. */
export const SSH = { port: 22, bytes: 5_000, action: 'ACCEPT' };

export interface DeployedWithFlowLogs {
  readonly portcullis: Deployed;
  /** In Frankfurt. */
  readonly traffic: LoggedTraffic;
  stop(): Promise<void>;
}

/** @param configuration a file beside this one, by its name */
export async function deployWithFlowLogs(configuration: string, edit?: EditTemplate): Promise<DeployedWithFlowLogs> {
  const portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: `test/end-to-end/flow-logs/${configuration}`,
    ...(edit && { edit }),
  });
  const traffic = loggedTraffic(portcullis, FRANKFURT);
  return {
    portcullis,
    traffic,
    async stop() {
      traffic.stop();
      await portcullis.stop();
    },
  };
}
