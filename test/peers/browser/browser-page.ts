import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

type Message = Readonly<Record<string, unknown>>;

const PATIENCE_MILLIS = 60_000;

/** A page in a headless Chromium of its own, driven over a pipe. https://chromedevtools.github.io/devtools-protocol/ */
export class BrowserPage {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #waiting = new Map<number, (answer: Message) => void>();
  readonly #listeners: ((event: Message) => void)[] = [];
  /** Everything that the page reported: exceptions, its console, requests. */
  readonly events: Message[] = [];
  #session: string | undefined;
  #last = 0;
  #buffer = '';

  private constructor(child: ChildProcess, profile: string) {
    this.#child = child;
    this.#profile = profile;
    (child.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => {
      this.#take(text);
    });
  }

  /** Opens a file as a person would by double-clicking it. */
  static async open(command: string, file: string, theme: 'light' | 'dark'): Promise<BrowserPage> {
    const profile = mkdtempSync(join(tmpdir(), 'portcullis-browser-'));
    const options = ['--headless=new', '--no-sandbox', '--disable-gpu', '--remote-debugging-pipe'];
    const child = spawn(command, [...options, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const page = new BrowserPage(child, profile);
    const { targetId } = await page.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await page.send('Target.attachToTarget', { targetId, flatten: true });
    page.#session = String(sessionId);
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await page.send(`${domain}.enable`);
    await page.send('Emulation.setDeviceMetricsOverride', {
      width: 1300,
      height: 900,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] });
    const loaded = new Promise<void>((resolve) => {
      page.#listeners.push(({ method }) => {
        if (method === 'Page.loadEventFired') resolve();
      });
    });
    await page.send('Page.navigate', { url: `file://${file}` });
    await loaded;
    return page;
  }

  async send(method: string, params: Message = {}): Promise<Message> {
    const id = ++this.#last;
    const answer = new Promise<Message>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`${method} was not answered`));
      }, PATIENCE_MILLIS);
      this.#waiting.set(id, (message) => {
        clearTimeout(timer);
        if (message['error'] === undefined) resolve(message['result'] as Message);
        else reject(new Error(`${method}: ${JSON.stringify(message['error'])}`));
      });
    });
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    (this.#child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    return answer;
  }

  /** The value of an expression in the page; a promise is awaited. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { readonly value: Value }).value;
  }

  /** What somebody sees of the top of the page, to look at. */
  async screenshot(file: string): Promise<void> {
    const { data } = await this.send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true });
    writeFileSync(file, Buffer.from(String(data), 'base64'));
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill();
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #take(text: string): void {
    const messages = (this.#buffer + text).split('\0');
    this.#buffer = messages.pop() ?? '';
    for (const one of messages) {
      const message = JSON.parse(one) as Message;
      if (typeof message['id'] === 'number') {
        this.#waiting.get(message['id'])?.(message);
        this.#waiting.delete(message['id']);
      } else {
        this.events.push(message);
        for (const listener of this.#listeners) listener(message);
      }
    }
  }
}
