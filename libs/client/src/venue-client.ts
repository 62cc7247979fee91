import type {
  Answer,
  EntryPage,
  Installation,
  ExpertCall,
  LotSummary,
  SentEntry,
  Session,
  SignedCommand,
  UploadReceipt,
} from '@app/contracts';
import { zAnswer, zEntryPage, zExpertCall, zInstallation, zLotSummary } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';
import { z } from 'zod';
import { isGenuine } from './answer.js';
import type { Identity } from './build.js';
import { HttpClient, RequestError } from './http.js';
import { logIn } from './login.js';
import type { UploadOptions, UploadSource } from './upload.js';
import { bytesSource, uploadFile } from './upload.js';

const SUBMIT_ATTEMPTS_MAX = 8;
const FIRST_PAUSE_MS = 250;
const PAUSE_MS_MAX = 5_000;
const ENTRY_PAGE_SIZE = 500;

/** One person at one venue: logs in, sends signed commands until they are answered, reads what he may see. */
export class VenueClient {
  readonly #http: HttpClient;
  #token: string | null = null;
  #installation: Installation | undefined;

  constructor(
    readonly url: string,
    private readonly profile: CryptoProfile,
    private readonly identity: Identity,
  ) {
    this.#http = new HttpClient(url, () => this.#token);
  }

  async installation(): Promise<Installation> {
    this.#installation ??= await this.#http.get('/api/installation', zInstallation);
    return this.#installation;
  }

  /** Throws {@link RequestError}. */
  async login(): Promise<Session> {
    if (this.identity.ref.kind !== 'certificate') throw new Error('only a certificate logs in');
    const { signer, ref } = this.identity;
    const session = await logIn(this.#http, new URL(this.url).origin, { signer, certificate: ref.certificate });
    this.#token = session.token;
    return session;
  }

  async lots(): Promise<LotSummary[]> {
    return this.#http.get('/api/me/lots', zLotSummary.array());
  }

  async calls(): Promise<ExpertCall[]> {
    return this.#http.get('/api/me/calls', zExpertCall.array());
  }

  /**
   * Sends a command until it is answered: the id makes sending it again harmless. A refusal by the rules is an answer
   * (`outcome.ok` false), a refusal at the door throws {@link RequestError}. An answer the venue did not sign throws.
   */
  async submit(signed: SignedCommand, attemptsMax = SUBMIT_ATTEMPTS_MAX): Promise<Answer> {
    const address = signed.command.lot === null ? '/api/platform/commands' : `/api/lots/${signed.command.lot}/commands`;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.#http.post(address, { ...signed }, zAnswer);
        const { answerKey } = await this.installation();
        if (!isGenuine(this.profile, answer, answerKey))
          throw new RequestError('BAD_SIGNATURE', 'the answer is not signed by the venue', { status: 200 });
        return answer;
      } catch (error) {
        if (!(error instanceof RequestError) || !error.isPassing || attempt >= attemptsMax) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** (attempt - 1))));
      }
    }
  }

  /** Entries from `from` on, as far as this viewer may see them. */
  async entries(lot: string, round: number, from: number): Promise<{ entries: SentEntry[]; size: number }> {
    const entries: SentEntry[] = [];
    let page: EntryPage;
    let next: number | null = from;
    do {
      page = await this.#http.get(`/api/lots/${lot}/entries?round=${round}&from=${next}&limit=${ENTRY_PAGE_SIZE}`, zEntryPage);
      entries.push(...page.entries);
      next = page.next;
    } while (next !== null);
    return { entries, size: page.size };
  }

  async get(path: string): Promise<unknown> {
    return this.#http.get(path, z.unknown());
  }
  async download(path: string): Promise<Uint8Array> {
    return this.#http.download(path);
  }
  /**
   * Uploads a file whose hash is `hash`, from where an earlier attempt stopped; harmless when it is there already. See {@link uploadFile}.
   */
  upload(hash: string, content: Uint8Array | UploadSource, options: Omit<UploadOptions, 'hash' | 'token'> = {}): Promise<UploadReceipt> {
    const source = content instanceof Uint8Array ? bytesSource(content) : content;
    return uploadFile(this.url, source, { ...options, ...this.#http.options(), hash });
  }
}
