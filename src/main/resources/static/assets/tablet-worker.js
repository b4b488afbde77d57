// Keeps an assessor's pages and what they are made of, so that they open at a door or in a basement without a network. No ballot
// passes here.
const STORE = 'hemei-tablet-1';
const PAGE = /^\/(ballots\/\d+\/\d+\/tablet|inspections(\/\d+)?)$/;
const PART = /^\/(assets|webjars)\//;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (e) => e.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('hemei-tablet-') && name !== STORE) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener('fetch', (e) => {
  const { pathname, origin, searchParams } = new URL(e.request.url);
  const done = searchParams.has('done');
  if (e.request.method !== 'GET' || origin !== self.location.origin || !(PAGE.test(pathname) || PART.test(pathname))) return;
  e.respondWith((async () => {
    const store = await caches.open(STORE);
    try {
      const answer = await fetch(e.request);
      // a page that leads to signing in is not what is kept, nor one that tells what was just done: each report has its own
      if (answer.ok && !answer.redirected && !done) await store.put(e.request, answer.clone());
      return answer;
    } catch (away) {
      const kept = await store.match(done ? origin + pathname : e.request, { ignoreVary: true });
      if (kept) return kept;
      throw away;
    }
  })());
});
