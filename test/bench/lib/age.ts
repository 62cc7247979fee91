import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const age = (...args: string[]): unknown => execFileSync('age', args, { stdio: ['ignore', 'ignore', 'inherit'] });

/** A file is on the disk when its writer says so; ours is. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}

/** A new key of Debian's `age` in this file; who it is as a recipient. */
export function ageRecipient(file: string): string {
  execFileSync('age-keygen', ['-o', file], { stdio: 'ignore' });
  return /public key: (age1\S+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
}

/** Debian's `age` run twice over a file of `folder`, for two recipients one inside the other: the floor of a bid's two layers. */
export class AgeTwice {
  readonly #recipients: readonly string[];

  constructor(private readonly folder: string) {
    this.#recipients = ['one', 'two'].map((name) => ageRecipient(this.#at(name)));
  }

  async seal(content: string): Promise<void> {
    const [one = '', two = ''] = this.#recipients;
    age('-r', one, '-o', this.#at('inner.age'), content);
    age('-r', two, '-o', this.#at('outer.age'), this.#at('inner.age'));
    await flush(this.#at('outer.age'));
  }

  /** Removes what sealing left between its two layers; asked outside of what is timed. */
  tidy(): Promise<void> {
    return rm(this.#at('inner.age'));
  }

  /** Ours keeps nothing of what it opens: neither does the second of these. */
  open(): void {
    age('-d', '-i', this.#at('two'), '-o', this.#at('inner.age'), this.#at('outer.age'));
    age('-d', '-i', this.#at('one'), this.#at('inner.age'));
  }

  #at(name: string): string {
    return join(this.folder, name);
  }
}
