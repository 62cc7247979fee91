import { membersOf, placeOf } from '@app/evaluation';
import { NODES, type Play } from './cast.js';

/** The venue and seat that the lot has for a member, or a free one. */
export function seatOf({ table }: Play, member: string): { venue: string; seat: string } {
  const { venue, seat } = placeOf(table.state, member);
  return { venue: venue ?? 'main', seat: seat ?? `pod-${member}` };
}

export function signIn(play: Play, member: string): void {
  play.table.act(member, 'committee.sign-in', seatOf(play, member), { assurance: 'session' });
  attestKeys(play);
}

/** Nodes say of members' keys whose they are. */
export function attestKeys({ table }: Play): void {
  for (const node of NODES)
    for (const { command, subject } of table.run.owed(node))
      if (command === 'committee.attest-key') table.act(node, command, { key: subject });
}

export function pledge({ table }: Play, member: string): void {
  table.act(member, 'committee.pledge', { recusal: false, discipline: true });
}

export function signInMember(play: Play, member: string): void {
  signIn(play, member);
  pledge(play, member);
}

export function formCommittee(play: Play): void {
  for (const member of membersOf(play.table.state)) signInMember(play, member);
  play.table.act('agency', 'committee.form');
}

export function elect({ table }: Play, voter: string, candidate: string): void {
  const { round } = table.state.committee.election;
  table.act(voter, 'committee.elect-chair', { round }, { secrets: { ballot: { candidate } }, assurance: 'session' });
}

export function electChair(play: Play, chair = 'expert-1'): void {
  for (const member of membersOf(play.table.state)) elect(play, member, chair);
}
