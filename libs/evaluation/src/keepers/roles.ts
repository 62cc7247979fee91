/** Who may keep a share of sealed boxes. */
export const KEEPER_ROLES = ['node', 'tenderer', 'agency', 'supervisor', 'witness'] as const;
