/** Status of an answer whose body nobody needs. It is read all the same: an unread one holds its connection, and with it the process. */
export async function statusOf(asked: Promise<Response>): Promise<number> {
  const response = await asked;
  await response.arrayBuffer();
  return response.status;
}
