// Preloaded into a program that must do its work on a machine without network: whatever it would ask of one ends it.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { Socket } from 'node:net';

const end = () => {
  process.stderr.write('this process asked for the network\n');
  process.exit(97);
};
Socket.prototype.connect = end;
dns.lookup = end;
dgram.Socket.prototype.send = end;
