// Ballots that wait on this device.
import { deviceStore } from './device-store.js';

const store = await deviceStore('hemei-tablet', 'ballots');

export const put = (ballot) => store.put(ballot.id, new TextEncoder().encode(JSON.stringify(ballot)));

export const all = async () => Promise.all((await store.rows())
  .map(async (row) => JSON.parse(new TextDecoder().decode(await store.read(row)))));

export const { drop } = store;
