/** SQLSTATE classes: connection exception, operator intervention (shutdown, crash, recovery, a limit of time), insufficient resources. */
const STATES = /^(08...|57...|53...)$/;
const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
/** What the driver says without a code. */
const DRIVER =
  /^(connection terminated|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error)/i;

/**
 * The database cannot be reached, or takes no work for now: the same may succeed later. Whether what was under way has been
 * committed is not known.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (STATES.test(code) || SYSTEM.has(code)) return true;
  // The socket of a server on this machine; a file that is missing has the same code.
  if (code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect';
  return error instanceof Error && DRIVER.test(error.message);
}
