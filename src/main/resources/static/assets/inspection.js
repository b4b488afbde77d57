// 现场检查 without a network: its pages open, what is filled in and the photos stay on this tablet, and are reported when there is a network again.
const PREFIX = 'hemei-inspection-';
const SENT = 'hemei-inspection-sent';
const AWAY = '没有网络，接着填就行，会存下来。照片也存在这台平板上，有网了一起报。';
const form = document.querySelector('.look-form');
const list = document.querySelector('[data-inspections]');
const closed = document.querySelector('[data-closed]');
const kept = document.querySelector('[data-kept]');

/** Radios and notes; photos are kept apart from them. */
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

let settle;
const settled = new Promise((done) => { settle = done; }); // it is known what photos wait here
let ready = false;
let photos = null; // where this tablet can keep them

if (form) {
  const key = PREFIX + form.dataset.inspection;
  const version = form.elements.version.value;
  const said = form.querySelector('[data-said]');
  const save = () => localStorage.setItem(key, JSON.stringify({ version, answers: answers() }));
  // what was sent before was refused or lost, or told of already
  const unsent = () => sessionStorage.removeItem(SENT);
  unsent();
  window.addEventListener('pageshow', (e) => { if (e.persisted) unsent(); });
  const draft = JSON.parse(localStorage.getItem(key) || 'null');
  if (draft && draft.version !== version) {
    localStorage.removeItem(key); // it was reported meanwhile
  } else if (draft && JSON.stringify(draft.answers) !== JSON.stringify(answers()) && !form.querySelector('.field-bad')) {
    fill(draft.answers);
    said.textContent = '上次没报上去的还在这台平板上，已经填好了。';
  }
  const leave = Object.assign(document.createElement('button'), {
    type: 'button', className: 'btn btn-line mt-s', textContent: '去掉没报的', hidden: true,
  });
  said.after(leave);
  leave.addEventListener('click', async () => {
    await tablet.giveUp(form.dataset.inspection);
    localStorage.removeItem(key);
    location.assign('/inspections');
  });
  const sendPhotos = async (button) => {
    said.textContent = '正在传照片。';
    button?.setAttribute('aria-busy', 'true');
    try {
      const refused = await photos.send();
      said.textContent = refused ? `有照片没收：${refused}去掉它换一张，或者再点一次“报上去”，不带它。` : '';
      if (!refused) form.requestSubmit(button);
    } catch (wrong) {
      if (wrong.gone) leave.hidden = false;
      said.textContent = wrong instanceof TypeError ? '没有网络。填好的和照片存在这台平板上，有网了再点“报上去”。' : wrong.message;
    }
    button?.removeAttribute('aria-busy');
  };
  let sending = false;
  form.addEventListener('input', save);
  form.addEventListener('submit', (e) => {
    save();
    if (navigator.onLine && ready && !photos?.waits()) {
      sessionStorage.setItem(SENT, JSON.stringify({ inspection: form.dataset.inspection, version, photos: photos?.carried() || [] }));
      return;
    }
    e.preventDefault();
    if (sending) return;
    if (!navigator.onLine) {
      said.textContent = '没有网络。填好的和照片存在这台平板上，有网了再点“报上去”。';
      return;
    }
    if (!ready) {
      const { submitter } = e;
      settled.then(() => form.requestSubmit(submitter));
      return;
    }
    sending = true;
    sendPhotos(e.submitter).finally(() => { sending = false; });
  });
  // a page that was opened without a network is from before; what is filled in comes along
  window.addEventListener('online', () => { save(); location.reload(); });
  window.addEventListener('offline', () => { said.textContent = AWAY; });
  if (!navigator.onLine) said.textContent ||= AWAY;
}

const tablet = await import('./inspection-photos.js').catch(() => null);
if (form && tablet) {
  photos = await tablet.photosOf(form).catch(() => null);
  form.querySelector('[data-photos-kept]').hidden = photos === null;
}
ready = true;
settle();
if (closed && tablet && (await tablet.left()).has(closed.dataset.closed)) {
  closed.hidden = false;
  closed.querySelector('button').addEventListener('click', async () => {
    await tablet.giveUp(closed.dataset.closed);
    closed.hidden = true;
  });
}

// a list that tells of a report stays in the history: what it tells of has to be what was sent last
if (list) {
  const reported = JSON.parse(sessionStorage.getItem(SENT) || 'null');
  const told = new URLSearchParams(location.search);
  if (reported && told.get('done') === 'reported' && told.get('of') === `${reported.inspection}-${reported.version}`) {
    localStorage.removeItem(PREFIX + reported.inspection);
    await tablet?.reported(reported.photos);
  }
  sessionStorage.removeItem(SENT);
}

// what was filled in or taken on this tablet and not reported is seen in the list, with or without a network
if (list) {
  for (const chip of list.querySelectorAll('[data-draft]')) chip.hidden = localStorage.getItem(PREFIX + chip.dataset.draft) === null;
  const left = await tablet?.left();
  for (const chip of list.querySelectorAll('[data-photos-left]')) {
    const number = left?.get(chip.dataset.photosLeft) || 0;
    chip.hidden = number === 0;
    chip.querySelector('span').textContent = `${number} 张照片还在平板上`;
  }
}

if ('serviceWorker' in navigator && (form || list)) {
  await navigator.serviceWorker.register('/inspections/worker.js', { scope: '/inspections' });
  await navigator.serviceWorker.ready;
  if (navigator.onLine) {
    const parts = performance.getEntriesByType('resource').map((one) => one.name)
      .filter((name) => /^\/(assets|webjars)\//.test(new URL(name).pathname));
    const pages = list ? [...list.querySelectorAll('a[href^="/inspections/"]')].map((one) => one.href) : [];
    const store = await caches.open('hemei-tablet-1');
    // a list that was sent back with an error has another address, which cannot be asked for
    // what was imported may not be noted among the resources yet
    const own = [import.meta.url, ...['./inspection-photos.js', './device-store.js'].map((one) => import.meta.resolve(one))];
    await store.addAll([location.origin + (list ? '/inspections' : location.pathname), ...new Set([...own, ...parts, ...pages])]);
    if (kept) kept.hidden = false;
  }
}
