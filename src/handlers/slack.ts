import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createSlackAdapters } from '../aws/adapters/slack-adapters';
import { createHttp } from '../channels/http';
import { createSlackSignatures } from '../channels/slack/slack-signatures';
import { createSlackWorkspace } from '../channels/slack/slack-workspace';
import { createTimeLeft, MOST_OF_ONE_MILLIS } from '../channels/time-left';
import { receiveRequest } from '../flow/interacting/receive-request';
import { parseSlackSettings } from './settings/slack-settings';

const settings = parseSlackSettings(process.env);
const adapters = createSlackAdapters(settings);
const timeLeft = createTimeLeft();
const tools = { ...adapters, timeLeft, http: createHttp(adapters.clock, MOST_OF_ONE_MILLIS) };
const ports = {
  ...adapters,
  signatures: createSlackSignatures(settings, tools),
  slack: createSlackWorkspace(settings, tools),
};

/** As far as it is read. */
type SlackEvent = Partial<Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded' | 'headers'>>;

/**
 * Behind an open route of an HTTP API, which writes bodies of forms in base64: the bytes are what Slack has signed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export async function handler({
  body = '',
  isBase64Encoded = false,
  headers = {},
}: SlackEvent): Promise<APIGatewayProxyStructuredResultV2> {
  timeLeft.begin();
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const reply = await receiveRequest({ headers, body: bytes }, settings, ports);
  return {
    statusCode: reply.status,
    ...(reply.body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(reply.body) }),
  };
}
