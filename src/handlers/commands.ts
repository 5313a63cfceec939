import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createCommandsAdapters } from '../aws/adapters/commands-adapters';
import { DECIDING_FILE, UNITS_FILE } from '../core/configuration/bundled-files';
import { answerCommand } from '../flow/commands/answer-command';
import type { CommandAnswer } from '../flow/commands/command';
import { readBundledFile } from './settings/bundled-file';
import { parseCommandsSettings } from './settings/settings';

const settings = parseCommandsSettings(process.env);
const adapters = createCommandsAdapters(settings);
const deciding: unknown = JSON.parse(readBundledFile(__dirname, DECIDING_FILE));
const units: unknown = JSON.parse(readBundledFile(__dirname, UNITS_FILE));

/** As far as it is read; somebody who invokes the function themselves may leave out what they want. */
interface CommandEvent extends Partial<Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>> {
  readonly requestContext?: { readonly authorizer?: { readonly iam?: { readonly userArn?: string | null } } };
}

/**
 * Behind a route of type AWS_IAM of an HTTP API, which says whose signature it has checked.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
 */
export async function handler(event: CommandEvent): Promise<APIGatewayProxyStructuredResultV2> {
  const arn = event.requestContext?.authorizer?.iam?.userArn ?? '';
  if (arn === '') return respond(403, { error: 'nobody says who asks' });
  const body = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : event.body;
  const answer = await answerCommand(body, { arn }, { ...adapters, deciding, units });
  return respond(STATUS[answer.kind], answer.kind === 'done' ? answer.body : { error: answer.reason });
}

const STATUS: Readonly<Record<CommandAnswer['kind'], number>> = { done: 200, refused: 400, failed: 503 };

function respond(statusCode: number, body: object): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
