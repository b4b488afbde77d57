// 现场检查 without a network: its pages open, what is filled in stays on this tablet, and is reported when there is a network again.
const PREFIX = 'hemei-inspection-';
const SENT = 'hemei-inspection-sent';
const form = document.querySelector('.look-form');
const list = document.querySelector('[data-inspections]');
const kept = document.querySelector('[data-kept]');

/** Radios and notes; photos are sent by themselves as they are chosen, and need a network. */
const answers = () => [...form.elements].filter((one) => /^(level|note)-/.test(one.name))
  .filter((one) => (one.type === 'radio' ? one.checked : one.value !== ''))
  .map((one) => [one.name, one.value]);

function fill(all) {
  for (const [name, value] of all) {
    const found = [...form.elements].filter((one) => one.name === name);
    for (const one of found) {
      if (one.type === 'radio') one.checked = one.value === value;
      else one.value = value;
    }
  }
}

if (form) {
  const key = PREFIX + form.dataset.inspection;
  const version = form.elements.version.value;
  const said = form.querySelector('[data-said]');
  const save = () => localStorage.setItem(key, JSON.stringify({ version, answers: answers() }));
  const draft = JSON.parse(localStorage.getItem(key) || 'null');
  if (draft && draft.version !== version) {
    localStorage.removeItem(key); // it was reported meanwhile
  } else if (draft && JSON.stringify(draft.answers) !== JSON.stringify(answers()) && !form.querySelector('.field-bad')) {
    fill(draft.answers);
    said.textContent = '上次没报上去的还在这台平板上，已经填好了。';
  }
  form.addEventListener('input', save);
  form.addEventListener('submit', (e) => {
    save();
    if (navigator.onLine) {
      sessionStorage.setItem(SENT, key);
      return;
    }
    e.preventDefault();
    delete form.dataset.sent;
    said.textContent = '没有网络。填好的存在这台平板上，有网了再点“报上去”。';
  });
  // a page that was opened without a network is from before; what is filled in comes along
  window.addEventListener('online', () => { save(); location.reload(); });
  window.addEventListener('offline', () => { said.textContent = '没有网络，接着填就行，会存下来。照片要等有网络再加。'; });
  if (!navigator.onLine) said.textContent ||= '没有网络，接着填就行，会存下来。照片要等有网络再加。';
}

if (list && new URLSearchParams(location.search).get('done') === 'reported') {
  localStorage.removeItem(sessionStorage.getItem(SENT) || '');
  sessionStorage.removeItem(SENT);
}

// what was filled in on this tablet and not reported is seen in the list, with or without a network
if (list) {
  for (const chip of list.querySelectorAll('[data-draft]')) chip.hidden = localStorage.getItem(PREFIX + chip.dataset.draft) === null;
}

if ('serviceWorker' in navigator && (form || list)) {
  await navigator.serviceWorker.register('/inspections/worker.js', { scope: '/inspections' });
  await navigator.serviceWorker.ready;
  if (navigator.onLine) {
    const parts = performance.getEntriesByType('resource').map((one) => one.name)
      .filter((name) => /^\/(assets|webjars)\//.test(new URL(name).pathname));
    const pages = list ? [...list.querySelectorAll('a[href^="/inspections/"]')].map((one) => one.href) : [];
    const store = await caches.open('hemei-tablet-1');
    await store.addAll([location.origin + location.pathname, ...new Set([...parts, ...pages])]);
    if (kept) kept.hidden = false;
  }
}
