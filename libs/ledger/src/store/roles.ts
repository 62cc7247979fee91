/** Address of the same database for connections that work as `role` (see migrations/main/…-create-roles). */
export function asRole(url: string, role: 'gongping_app' | 'gongping_eraser'): string {
  const address = new URL(url);
  const options = address.searchParams.get('options');
  address.searchParams.set('options', `${options === null ? '' : `${options} `}-c role=${role}`);
  return address.toString();
}
