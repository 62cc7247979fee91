/** Eight tables of 256 in one, so that eight bytes are taken at a time; table k advances a byte through k further zero bytes. */
const TABLES = (() => {
  const tables = new Uint32Array(8 * 256);
  for (let index = 0; index < 256; index += 1) {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    tables[index] = value;
  }
  for (let at = 256; at < tables.length; at += 1) {
    const value = tables[at - 256] ?? 0;
    tables[at] = (value >>> 8) ^ (tables[value & 0xff] ?? 0);
  }
  return tables;
})();
const entry = (table: number, byte: number): number => TABLES[table * 256 + (byte & 0xff)] ?? 0;

/** CRC-32 as ZIP wants it (APPNOTE 4.4.7): a transport check, no evidence. `before` is that of the bytes that stand before these. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 8);
  let crc = before ^ 0xffffffff;
  for (let at = 0; at < whole; at += 8) {
    const low = view.getUint32(at, true) ^ crc;
    const high = view.getUint32(at + 4, true);
    crc =
      entry(7, low) ^
      entry(6, low >>> 8) ^
      entry(5, low >>> 16) ^
      entry(4, low >>> 24) ^
      entry(3, high) ^
      entry(2, high >>> 8) ^
      entry(1, high >>> 16) ^
      entry(0, high >>> 24);
  }
  for (const byte of bytes.subarray(whole)) crc = (crc >>> 8) ^ entry(0, crc ^ byte);
  return (crc ^ 0xffffffff) >>> 0;
}
