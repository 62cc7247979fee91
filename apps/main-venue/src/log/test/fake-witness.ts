import type { NoteSigner, WitnessedHead } from '@app/ledger';
import {
  cosign,
  formatCosignatures,
  formatNote,
  formatSize,
  formatVerifierKey,
  judgeAddCheckpoint,
  parseAddCheckpoint,
  parseCheckpointNote,
  SIGNATURE_TYPE,
  SIZE_CONTENT_TYPE,
  withSignatures,
} from '@app/ledger';
import type { FakeClock } from '@app/platform';
import { noteSigner } from '@app/sealing';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hasher, INSTALLATION, logVerifier, profile, suite } from './history.js';

/** A witness by the rules of the specification, in memory. */
export class FakeWitness {
  readonly signer: NoteSigner;
  readonly heads = new Map<string, WitnessedHead & { note: string }>();
  /** Null: as a witness should; else what it answers to everything. */
  fault: { status: number; body: string } | null = null;
  /** What it answers to heads of a log instead. */
  readonly faults = new Map<string, { status: number; body: string; retryAfter?: string }>();
  /** Answers wait for this. */
  gate: Promise<unknown> = Promise.resolve();
  requests = 0;
  url = '';
  #server: Server | null = null;

  constructor(
    readonly id: string,
    private readonly clock: FakeClock,
  ) {
    this.signer = noteSigner(profile.generateSigner('node'), `${INSTALLATION}/witness/${id}`, SIGNATURE_TYPE.cosignature);
  }

  get venue() {
    return { id: this.id, role: 'sub', url: this.url, witnessKey: formatVerifierKey(profile.hash, this.signer) };
  }

  async listen(port = 0): Promise<void> {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body, type, retryAfter }) => {
        if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
        response.writeHead(status, { 'Content-Type': type ?? 'text/plain' }).end(body);
      });
    }).listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve) ?? resolve(null));
    this.#server = null;
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: string; type?: string; retryAfter?: string }> {
    this.requests += 1;
    await this.gate;
    if (this.fault !== null) return this.fault;
    const url = new URL(request.url ?? '', 'http://x');
    if (url.pathname === '/witness/logs') {
      const after = url.searchParams.get('after') ?? '';
      const logs = [...this.heads].map(([origin, { size }]) => ({ origin, size })).filter(({ origin }) => origin > after);
      return { status: 200, body: JSON.stringify({ logs }), type: 'application/json' };
    }
    if (url.pathname === '/witness/checkpoint') {
      const head = this.heads.get(url.searchParams.get('origin') ?? '');
      return head === undefined ? { status: 404, body: '' } : { status: 200, body: head.note };
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    return this.faults.get(parseCheckpointNote(parseAddCheckpoint(body).note).checkpoint.origin) ?? this.#cosign(body);
  }

  #cosign(body: string): { status: number; body: string; type?: string } {
    const judged = judgeAddCheckpoint(
      suite,
      hasher,
      parseAddCheckpoint(body),
      (origin) => [logVerifier(origin)],
      (origin) => this.heads.get(origin) ?? null,
    );
    if (judged.status === 409) return { status: 409, body: formatSize(judged.size), type: SIZE_CONTENT_TYPE };
    if (judged.status !== 200) return { status: judged.status, body: judged.reason };
    const { origin, size, root } = judged.note.checkpoint;
    const signature = cosign(suite, judged.note.text, this.signer, Math.floor(this.clock.nowMs() / 1000));
    this.heads.set(origin, { size, root, note: formatNote(withSignatures(judged.note, [signature])) });
    return { status: 200, body: formatCosignatures([signature]) };
  }
}
