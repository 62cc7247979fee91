import type { JsonObject } from '@app/contracts';
import { canonicalText } from '@app/contracts';
import { dueContacts } from '@app/evaluation';
import type { Play } from './cast.js';
import { binding } from './founding.js';

const CONTRIBUTORS = ['agency', 'supervisor', 'node:main', 'node:supervision'];

const pool = ({ plan, table }: Play, candidates = 40): JsonObject => ({
  index: table.profile.hashHex('registry'),
  candidates: Array.from({ length: candidates }, (_, index) => ({
    id: `pool-${index + 1}`,
    specialties: [['A04', 'A0803', 'A06', 'A08'][index % 4] ?? 'A04'],
    city: plan.slots[index % plan.slots.length]?.city ?? '',
  })).map((candidate, index) => ({
    ...candidate,
    specialties: [plan.slots[index % plan.slots.length]?.specialty ?? 'A04', ...candidate.specialties],
  })),
  recused: 2,
});

export function requestDraw({ table, plan }: Play, reason: string | null = null): void {
  table.act('agency', 'draw.request', { slots: plan.slots, nonceParties: CONTRIBUTORS, reason });
}

export function seedDraw(play: Play): void {
  const { table } = play;
  const nonce = (name: string): { readonly opening: { salt: string; text: string } } => ({
    opening: { salt: table.salt(`nonce of ${name}`), text: canonicalText(`nonce-of-${name.replace(':', '-')}-0123456789`) },
  });
  for (const name of CONTRIBUTORS) {
    const { salt, text } = nonce(name).opening;
    table.act(name, 'draw.commit-nonce', { commitment: table.profile.commitment(salt, text) });
  }
  table.act('node:main', 'draw.fix-pool', {}, { facts: { pool: pool(play) } });
  for (const name of CONTRIBUTORS) table.act(name, 'draw.reveal-nonce', {}, { secrets: { nonce: nonce(name) } });
}

/** The venue's machine calls whoever is due; the first of all declines, the rest accept. */
export function contactExperts({ table }: Play, declines = 1): void {
  let left = declines;
  for (let due = dueContacts(table.state); due.length > 0; due = dueContacts(table.state)) {
    const { candidate } = due[0] ?? { candidate: '' };
    const contact = { candidate, evidence: table.profile.hashHex(`call to ${candidate}`) };
    if (left > 0) {
      left -= 1;
      table.act('node:main', 'draw.record-contact', { ...contact, outcome: 'DECLINED', reason: 'BUSY', seat: null });
      continue;
    }
    const name = `expert-${Object.keys(table.state.parties).filter((known) => known.startsWith('expert-')).length + 1}`;
    const who = { ...binding(name, `employer-of-${candidate}`), person: { id: candidate, name: `专家${candidate}` } };
    table.act(
      'node:main',
      'draw.record-contact',
      { ...contact, outcome: 'ACCEPTED', reason: null, seat: `pod-${name}` },
      { secrets: { binding: who } },
    );
  }
}
