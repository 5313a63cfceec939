const PAUSE_SECONDS = [1, 2, 4] as const;
const TIMEOUT_MILLIS = 5_000;

/**
 * Puts the answer where CloudFormation looks for it: a presigned address in S3, whose signature allows no content type.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
 *
 * @throws Error when four attempts failed. Lambda then invokes the function again, and the same is answered.
 */
export async function sendAnswer(url: string, body: string, pause: (seconds: number) => Promise<void>): Promise<void> {
  let problem = await put(url, body);
  for (const seconds of PAUSE_SECONDS) {
    if (problem === undefined) return;
    await pause(seconds);
    problem = await put(url, body);
  }
  // The address is a credential: it stays out of the message.
  if (problem !== undefined) throw new Error(`CloudFormation did not take the answer: ${problem}`);
}

/** @returns what went wrong */
async function put(url: string, body: string): Promise<string | undefined> {
  try {
    // Bytes, because a text would be given a content type.
    const bytes = new TextEncoder().encode(body);
    const response = await fetch(url, { method: 'PUT', body: bytes, signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
    await response.arrayBuffer();
    return response.ok ? undefined : `HTTP status ${String(response.status)}`;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
