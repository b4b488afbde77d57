// What waits on this device until it is sent, under a key that the browser keeps and gives to nobody.
const wait = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

function open(name, table) {
  const asked = indexedDB.open(name, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore(table, { keyPath: 'id' });
    asked.result.createObjectStore('keys');
  };
  return wait(asked);
}

export async function deviceStore(name, table) {
  const db = await open(name, table);
  db.onversionchange = () => db.close(); // signing out deletes it
  const at = (store, mode = 'readonly') => db.transaction(store, mode).objectStore(store);
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await wait(at('keys', 'readwrite').add(fresh, 'box')).catch(() => {}); // there is one, from before or from another tab
  const box = await wait(at('keys').get('box'));
  return {
    /** @param plain what is said about it without a key */
    async put(id, bytes, plain = {}) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, box, bytes);
      await wait(at(table, 'readwrite').put({ ...plain, id, iv, data }));
    },
    get: (id) => wait(at(table).get(id)),
    rows: () => wait(at(table).getAll()),
    read: ({ iv, data }) => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, box, data),
    keep: (row) => wait(at(table, 'readwrite').put(row)),
    drop: (id) => wait(at(table, 'readwrite').delete(id)),
  };
}
