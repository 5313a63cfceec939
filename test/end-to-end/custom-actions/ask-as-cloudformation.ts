import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Deployed } from '../deployed-portcullis';

export interface Asked {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Readonly<Record<string, string>>;
  readonly OldResourceProperties?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
}

/** Asks the deployed function what CloudFormation would, and waits for what it puts at the ResponseURL. */
export async function askAsCloudFormation(portcullis: Deployed, asked: Asked): Promise<Answered> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    const { port } = server.address() as AddressInfo;
    const { account, region } = portcullis.hub;
    const event = {
      ServiceToken: `arn:aws:lambda:${region}:${account}:function:Portcullis-CustomActions`,
      ResponseURL: `http://127.0.0.1:${String(port)}/answer?X-Amz-Signature=secret`,
      StackId: `arn:aws:cloudformation:${region}:${account}:stack/Portcullis-Hub/51af3dc0-da77-11e4-872e-1234567db123`,
      RequestId: '5f0b1b2c',
      LogicalResourceId: 'Asked',
      ResourceType: 'Custom::SecurityHubActionTarget',
      ...asked,
    };
    const { FunctionError } = await portcullis.clients.lambda.send(
      new InvokeCommand({ FunctionName: 'Portcullis-CustomActions', Payload: Buffer.from(JSON.stringify(event)) }),
    );
    expect([FunctionError, bodies.length]).toEqual([undefined, 1]);
    return JSON.parse(bodies[0] ?? '') as Answered;
  } finally {
    server.close();
  }
}
