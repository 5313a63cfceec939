import type { ChildProcess } from 'node:child_process';

/** What a process of Node is started with and cannot be given later. */
export type StartedWith = Readonly<Record<string, string | undefined>>;

interface Spare {
  readonly key: string;
  /** What it ran last. */
  readonly code: string;
  readonly child: ChildProcess;
  readonly forget: () => void;
}

/**
 * Processes whose sandbox is stopped, for the next sandbox of whoever keeps some: they have compiled the SDK, and
 * optimized what is used often, which is most of what a function costs that is invoked a few times only. What they ran
 * is loaded anew, with another environment. Nothing is kept unless somebody asks for it.
 */
class SpareProcesses {
  readonly #spares: Spare[] = [];
  #limit = 0;

  /** Keeps so many from now on. */
  keep(limit: number): void {
    this.#limit = limit;
    while (this.#spares.length > limit) this.#drop(this.#spares[0]);
  }

  /**
   * The process that was put last of those that were started like this; one that ran the same code before any other,
   * since what that calls of the SDK is optimized in it.
   */
  take(startedWith: StartedWith, code: string): ChildProcess | undefined {
    const key = keyOf(startedWith);
    const spare =
      this.#spares.findLast((each) => each.key === key && each.code === code) ??
      this.#spares.findLast((each) => each.key === key);
    if (!spare) return undefined;
    this.#remove(spare);
    return spare.child;
  }

  /** Keeps a process that does nothing, or ends it. */
  put(child: ChildProcess, startedWith: StartedWith, code: string): void {
    if (this.#limit === 0) {
      child.kill('SIGKILL');
      return;
    }
    const spare: Spare = { key: keyOf(startedWith), code, child, forget: () => this.#remove(spare) };
    child.on('exit', spare.forget);
    // It ends by itself when the sandbox's process does, and keeps that from ending no longer than it works.
    setReferenced(child, false);
    this.#spares.push(spare);
    if (this.#spares.length > this.#limit) this.#drop(this.#spares[0]);
  }

  #drop(spare: Spare | undefined): void {
    if (!spare) return;
    this.#remove(spare);
    spare.child.kill('SIGKILL');
  }

  #remove(spare: Spare): void {
    spare.child.off('exit', spare.forget);
    setReferenced(spare.child, true);
    const at = this.#spares.indexOf(spare);
    if (at >= 0) this.#spares.splice(at, 1);
  }
}

/** Of this process, whatever sandboxes run in it. */
export const spareProcesses = new SpareProcesses();

function setReferenced(child: ChildProcess, referenced: boolean): void {
  const change = referenced ? 'ref' : 'unref';
  child[change]();
  child.channel?.[change]();
  for (const stream of [child.stdout, child.stderr]) (stream as { ref?(): void; unref?(): void } | null)?.[change]?.();
}

function keyOf(startedWith: StartedWith): string {
  return JSON.stringify(Object.entries(startedWith).sort(([left], [right]) => (left < right ? -1 : 1)));
}
