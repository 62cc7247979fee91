/** 远程异地 presets of domain.md §3.9: how a committee must be spread over venues. Local settings; no national number exists. */
export const DISTRIBUTION_PRESETS = ['A', 'B', 'C', 'D'] as const;
export type DistributionPreset = (typeof DISTRIBUTION_PRESETS)[number];

export interface SeatedMember {
  readonly kind: 'expert' | 'representative';
  readonly venue: string;
  /** Room or one-person pod (评标舱) inside the venue. */
  readonly room: string;
  readonly city: string;
}
export interface Distribution {
  readonly main: string;
  readonly subs: readonly string[];
  readonly tendererCity: string;
  readonly members: readonly SeatedMember[];
}

/**
 * A: main and ≥1 sub, every venue ≥1 member. B: main and ≥2 subs, every sub ≥1 expert, main-venue experts ≤1/3 of experts.
 * C: ≥2/3 of the committee are experts from outside the tenderer's city. D: no two members in one room.
 */
export function isDistributed(preset: DistributionPreset, { main, subs, tendererCity, members }: Distribution): boolean {
  const experts = members.filter((member) => member.kind === 'expert');
  const at = (venue: string, of: readonly SeatedMember[]): number => of.filter((member) => member.venue === venue).length;
  switch (preset) {
    case 'A':
      return subs.length >= 1 && [main, ...subs].every((venue) => at(venue, members) >= 1);
    case 'B':
      return subs.length >= 2 && subs.every((venue) => at(venue, experts) >= 1) && at(main, experts) * 3 <= experts.length;
    case 'C':
      return experts.filter((expert) => expert.city !== tendererCity).length * 3 >= members.length * 2;
    case 'D':
      return new Set(members.map((member) => `${member.venue}/${member.room}`)).size === members.length;
  }
}
