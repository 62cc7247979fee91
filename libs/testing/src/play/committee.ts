import type { Play } from './cast.js';

export function signInMember({ table }: Play, member: string): void {
  const facts = table.state.parties[member];
  table.act(member, 'committee.sign-in', { venue: facts?.venue ?? 'main', seat: facts?.seat ?? `pod-${member}` }, { assurance: 'session' });
  table.act(member, 'committee.pledge', { recusal: false, discipline: true });
}

export function formCommittee(play: Play): void {
  for (const member of play.plan.members) signInMember(play, member);
  play.table.act('agency', 'committee.form');
}

export function electChair({ table, plan }: Play, chair = 'expert-1'): void {
  const { round } = table.state.committee.election;
  for (const member of plan.members) {
    table.act(member, 'committee.elect-chair', { round }, { secrets: { ballot: { candidate: chair } }, assurance: 'session' });
  }
}
