// Ballots that wait on this device, each under a key that the browser keeps and gives to nobody.
const NAME = 'hemei-tablet';

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('ballots', { keyPath: 'id' });
      asked.result.createObjectStore('keys');
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

const wait = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

const db = await open();
const table = (name, mode = 'readonly') => db.transaction(name, mode).objectStore(name);

async function key() {
  const known = await wait(table('keys').get('box'));
  if (known) return known;
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await wait(table('keys', 'readwrite').put(fresh, 'box'));
  return fresh;
}

const box = await key();

export async function put(ballot) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(ballot));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, box, text);
  await wait(table('ballots', 'readwrite').put({ id: ballot.id, iv, data }));
}

export async function all() {
  const rows = await wait(table('ballots').getAll());
  return Promise.all(rows.map(async ({ iv, data }) =>
    JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, box, data)))));
}

export const drop = (id) => wait(table('ballots', 'readwrite').delete(id));
