export type CommitteeState = Readonly<Record<string, never>>;

export const initialCommittee: CommitteeState = {};
