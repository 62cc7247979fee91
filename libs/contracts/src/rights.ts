/**
 * What somebody may ask of a venue's server beyond the acts of a lot. Acts are judged by the lot's own rules from the roles in its log;
 * rights are for everything else: they are granted per role in the registry, carried by the session and asked by `@Needs` at every route
 * and message.
 */
export const RIGHTS = [
  /** See people, organisations, certificates, venues and nodes. */
  'registry:read',
  /** Add and change people, organisations, certificates, places; revoke certificates; import lists. */
  'registry:write',
  /** Grant and take roles. */
  'rights:write',
  /** Register and replace the keys of venues' nodes and witnesses. */
  'nodes:write',
  /** See the queues and their dead letters, and try one again. */
  'jobs:read',
  'jobs:write',
  /** Hand lots over from an upstream trading platform: asked of API keys. Whoever holds it may give it to a key. */
  'lots:import',
  /** Found lots, as the agency (招标代理机构) or as a tenderer that runs its own tender. */
  'lots:found',
  /** Be named a lot's supervisor (监督人员): whom the supervision authority sends. */
  'lots:supervise',
  /** Be named a lot's witness (见证人员): the staff of a venue. */
  'lots:witness',
] as const;

export type Right = (typeof RIGHTS)[number];

/**
 * `public`: anybody, with more to see for whoever is logged in. `session`: a login; what they see is the lot's word. Else the right itself.
 */
export type Need = 'public' | 'session' | Right;

export const isRight = (text: string): text is Right => (RIGHTS as readonly string[]).includes(text);
