import type { Codec, WireRequest } from './exchange';
import { restJsonCodec } from './rest-json-codec';
import { writeRestXmlError } from './rest-xml-error';
import { writeXmlMembers, xmlElement } from './xml-body';

/**
 * S3 by paths: `/bucket/key`. Its operations that the sandbox plays carry everything in the path, in headers and as
 * bytes, as REST in JSON does; lists and errors are XML.
 * https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export const restXmlCodec: Codec = {
  operationName: (request, service) => restJsonCodec.operationName(withoutBucket(request), service),
  readInput: (request, operation, service) => ({
    ...restJsonCodec.readInput(withoutBucket(request), operation, service),
    Bucket: bucketOf(request),
  }),
  writeOutput: (output, operation, service, requestId) => {
    const { status, headers, body } = restJsonCodec.writeOutput(output, operation, service, requestId);
    // What stands in no header and is no bytes: a structure, which is XML here.
    if (typeof body === 'string' && body !== '{}') {
      const members = writeXmlMembers(operation.output, output);
      const xml = `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement(`${operation.name}Result`, members)}`;
      return { status, headers: { ...headers, 'content-type': 'application/xml' }, body: xml };
    }
    return {
      status,
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body: body === '{}' ? '' : body,
    };
  },
  writeError: (error, _service, requestId) => writeRestXmlError(error, requestId),
};

function bucketOf({ path }: WireRequest): string {
  return decodeURIComponent(path.split('/')[1] ?? '');
}

/** The SDK's schemas leave the bucket to the host. */
function withoutBucket(request: WireRequest): WireRequest {
  return { ...request, path: `/${request.path.split('/').slice(2).join('/')}` };
}
