import { InputError } from './cli-error';

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
const ENDPOINT = /^AWS_ENDPOINT_URL(_[A-Z0-9_]+)?$/;

/**
 * The SDK says "Invalid URL" of an endpoint that is none, and not whose.
 * @throws InputError that names the variable of the environment
 */
export function checkEnvironmentEndpoints(environment: NodeJS.ProcessEnv = process.env): void {
  for (const [name, value = ''] of Object.entries(environment)) {
    if (!ENDPOINT.test(name) || value === '' || isHttpUrl(value)) continue;
    throw new InputError(`${name}: "${value}" is not a URL; write one such as http://127.0.0.1:4599, or unset it`);
  }
}

/** Whether a text is an absolute URL of http or https. */
export function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
