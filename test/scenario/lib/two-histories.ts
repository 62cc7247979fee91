import { utf8 } from '@app/contracts';
import type { CheckpointNote, Equivocation } from '@app/ledger';
import {
  flatHashes,
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  MerkleTree,
  parseCheckpointNote,
  parseEquivocation,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
  verifyEquivocation,
} from '@app/ledger';
import { noteKey, noteSigner, noteSuite } from '@app/sealing';
import { z } from 'zod';
import type { Installation } from './installation.js';
import type { SITES } from './installation.js';
import { ask } from './ask.js';
import { recorded } from './whole.js';

type Site = (typeof SITES)[number];
const PROOF_MS_MAX = 30_000;
const POLL_MS = 200;

const zEvidence = z.object({ known: z.string(), other: z.string(), reason: z.string(), proof: z.unknown() });
const zAnswer = z.object({ evidence: z.array(zEvidence) });
type Evidence = z.infer<typeof zEvidence>;

/** What somebody with the log's own key could tell instead: the same entries up to `sameUntil`, then others, `size` in all. */
export async function anotherHistory(
  installation: Installation,
  size: number,
  sameUntil: number,
): Promise<{ readonly tree: MerkleTree; note(size: number): string }> {
  const { world, mainKeys, stage } = installation;
  const { origin } = stage.facts;
  const suite = noteSuite(world.profile);
  const hasher = new TreeHasher(world.profile.hash);
  const entries = await recorded(installation);
  const told = Array.from({ length: size }, (_none, seq) => {
    const entry = entries[seq];
    return entry === undefined || seq >= sameUntil ? hasher.leaf(utf8(`never happened ${seq}`)) : Buffer.from(entry.leaf, 'hex');
  });
  const tree = new MerkleTree(hasher, flatHashes(told));
  const signer = noteSigner(mainKeys.log, origin, SIGNATURE_TYPE.note);
  return { tree, note: (at) => formatNote(signNote(suite, formatCheckpoint({ origin, size: at, root: tree.root(at) }), signer)) };
}

/** The newest head that a running site's witness has cosigned for the lot. */
export async function witnessed({ system, stage }: Installation, site: Site): Promise<CheckpointNote> {
  const response = await ask(`${system.urls[site]}/witness/checkpoint?origin=${encodeURIComponent(stage.facts.origin)}`);
  return parseCheckpointNote(await response.text());
}

/** C2SP tlog-witness `add-checkpoint`; status and body in one line. */
export async function present(
  { system }: Installation,
  site: Site,
  { old, proof, note }: { readonly old: number; readonly proof: Uint8Array[]; readonly note: string },
): Promise<string> {
  const body = formatAddCheckpoint({ oldSize: old, proof, note });
  const response = await ask(`${system.urls[site]}/witness/add-checkpoint`, { method: 'POST', body });
  return `${response.status} ${(await response.text()).trim()}`;
}

export async function evidenceAt({ system, stage }: Installation, site: Site): Promise<Evidence[]> {
  const response = await ask(`${system.urls[site]}/witness/evidence?origin=${encodeURIComponent(stage.facts.origin)}`);
  return zAnswer.parse(await response.json()).evidence;
}

/** Evidence with a proof, once there are `count` such, checked as a stranger does who has the log's public key from the trust file. */
export async function convictions(
  installation: Installation,
  site: Site,
  count: number,
): Promise<(Evidence & { readonly proof: Equivocation; readonly convicts: boolean })[]> {
  const { world, trust, stage } = installation;
  const suite = noteSuite(world.profile);
  const hasher = new TreeHasher(world.profile.hash);
  const key = noteKey(trust.logKey, stage.facts.origin, SIGNATURE_TYPE.note);
  if (key === null) throw new Error('the trust file names no key of a log');
  const end = performance.now() + PROOF_MS_MAX;
  for (;;) {
    const proven = (await evidenceAt(installation, site)).filter(({ proof }) => proof !== null);
    if (proven.length >= count || performance.now() > end) {
      return proven.map((evidence) => {
        const proof = parseEquivocation(evidence.proof);
        return { ...evidence, proof, convicts: verifyEquivocation(suite, hasher, proof, [key]) };
      });
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
