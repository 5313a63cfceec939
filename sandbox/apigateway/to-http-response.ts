import { z } from 'zod';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const fullResponse = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.coerce.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.literal(false, 'the sandbox answers text only').default(false),
});

/**
 * What an HTTP API makes of a function's answer: a `statusCode` makes it a whole response, anything else is the body of
 * a 200. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpResponse(payload: string): HttpResponse {
  const answered: unknown = JSON.parse(payload);
  const isFull = typeof answered === 'object' && answered !== null && 'statusCode' in answered;
  if (!isFull) return { status: 200, headers: { 'content-type': 'application/json' }, body: payload };
  const { statusCode, headers, body } = fullResponse.parse(answered);
  return { status: statusCode, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}
