import type { Codec } from './exchange';
import { type JsonSettings, readJson, writeJson } from './json-body';
import { writeErrorMembers } from './json-error';
import { queryErrorCode } from './query-codec';
import { parseJsonBody } from './parse-json-body';

const SETTINGS: JsonSettings = { useJsonNames: false, timestamps: 'epoch-seconds' };

/** https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html; 1.0 differs in the content type only. */
export function createJsonRpcCodec(version: '1.0' | '1.1'): Codec {
  const toHeaders = (requestId: string) => ({
    'content-type': `application/x-amz-json-${version}`,
    'x-amzn-requestid': requestId,
  });
  return {
    // `AmazonSSM.StartAutomationExecution`
    operationName: ({ headers }) => headers['x-amz-target']?.split('.').at(-1),
    readInput: ({ body }, { input }) => {
      if (!input.isStructSchema()) return {};
      const read = readJson(input, parseJsonBody(body), SETTINGS);
      return typeof read === 'object' && read !== null ? read : {};
    },
    writeOutput: (output, operation, _, requestId) => ({
      status: 200,
      headers: toHeaders(requestId),
      body: JSON.stringify(operation.output.isStructSchema() ? writeJson(operation.output, output, SETTINGS) : {}),
    }),
    writeError: (error, { schemas }, requestId) => {
      // Clients that once spoke the query protocol (SQS) still know errors by its codes.
      const queryCode = queryErrorCode(error, schemas);
      const fault = error.status < 500 ? 'Sender' : 'Receiver';
      return {
        status: error.status,
        headers: {
          ...toHeaders(requestId),
          'x-amzn-errortype': error.code,
          ...(queryCode === error.code ? {} : { 'x-amzn-query-error': `${queryCode};${fault}` }),
        },
        body: JSON.stringify({ __type: error.code, ...writeErrorMembers(error, schemas, SETTINGS) }),
      };
    },
  };
}
