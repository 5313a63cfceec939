import { toHttpResponse } from '../../../sandbox/apigateway/to-http-response';

test.each([
  ['{"statusCode":418,"body":"tea"}', { status: 418, body: 'tea' }],
  ['{"requests":[]}', { status: 200, body: '{"requests":[]}' }],
  ['"text"', { status: 200, body: '"text"' }],
  ['null', { status: 200, body: 'null' }],
])('a function that answers %s', (payload, response) => {
  expect(toHttpResponse(payload)).toMatchObject(response);
});
