// Photos of an inspection: each is kept on this tablet first, goes up when there is a network, and leaves with the report that has it.
import { deviceStore } from './device-store.js';

const HOUR = 3600e3;
const UPLOADED = 20 * HOUR; // the server forgets an upload that no report took within a day
const KEPT = 30 * 24 * HOUR; // nobody comes back for these
const LEFT = 'hemei-photos'; // how many there are, for whoever signs out
const AWAY = '没有网络，照片存在这台平板上，报的时候一起传。';

const store = await deviceStore('hemei-photos', 'photos');

async function all() {
  const rows = await store.rows();
  const old = rows.filter((row) => Date.now() - row.at > KEPT);
  for (const row of old) await store.drop(row.id);
  return rows.filter((row) => !old.includes(row));
}

async function count() {
  localStorage.setItem(LEFT, String((await store.rows()).length));
}

/** How many wait, by inspection. */
export async function left() {
  const found = new Map();
  for (const { inspection } of await all()) found.set(inspection, (found.get(inspection) || 0) + 1);
  return found;
}

async function forget(rows) {
  for (const row of rows) await store.drop(row.id);
  await count();
}

/** These are with a report now; what was refused stays until somebody has seen it. */
export const reported = async (ids) => forget((await all()).filter((row) => ids.includes(row.id)));

/** No report is taken any more. */
export const giveUp = async (inspection) => forget((await all()).filter((row) => row.inspection === inspection));

const wentUp = (row) => Boolean(row.uploaded) && Date.now() - row.uploadedAt < UPLOADED;

/** No report of it is taken any more, so what waits here for one can go. */
const gone = (words) => Object.assign(new Error(words), { gone: true });

// this page may be an old one: what a form needs is asked for anew
async function renew(form) {
  const answer = await fetch(location.pathname, { cache: 'no-store' });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (answer.redirected || page.querySelector('input[type=password]')) throw new Error('登录过期了。请先登录，再回到这一页报，填好的和照片都还在。');
  if (answer.status === 404) throw gone('这个小区换给别人看了，报不了了。');
  if (page.querySelector('[data-closed]')) throw gone('测评没有开始，或已经复核完了，报不了了。');
  if (!page.querySelector('.look-form')) throw new Error('现在报不了。填好的和照片都还在，等一会再报。');
  const token = page.querySelector('meta[name=csrf]').content;
  form.elements._csrf.value = token;
  return token;
}

/** Those of one form. */
export async function photosOf(form) {
  const { inspection } = form.dataset;
  const box = form.querySelector('[data-photos]');
  const list = box.querySelector('.thumbs');
  const shown = new Map();
  const refused = box.appendChild(document.createElement('div'));
  let token = document.querySelector('meta[name=csrf]').content;

  function tell({ row, item }) {
    const input = item.querySelector('input');
    input.value = wentUp(row) ? row.uploaded : '';
    input.disabled = !wentUp(row);
    item.querySelector('.meta')?.remove();
    const word = row.refused ? '没收' : wentUp(row) ? '' : '等着报';
    if (word) item.append(Object.assign(document.createElement('span'), { className: 'meta d-block', textContent: word }));
    refused.replaceChildren(...[...shown.values()].filter((one) => one.row.refused).map((one) =>
      Object.assign(document.createElement('p'), { className: 'field-err', textContent: `${one.row.name} 没收：${one.row.refused}` })));
  }

  function show(row, blob) {
    const one = { row, item: box.addPhoto('', URL.createObjectURL(blob)) };
    one.item.dataset.photo = row.id;
    shown.set(row.id, one);
    tell(one);
    return one;
  }

  /** @return what the server said against it; empty when it went up */
  async function send(one) {
    const { row } = one;
    const body = new FormData();
    body.append('file', new File([await store.read(row)], row.name, { type: row.type }));
    body.append('district', box.dataset.district);
    const answer = await fetch('/attachments', {
      method: 'POST', body, headers: { Accept: 'application/json', 'X-CSRF-TOKEN': token },
    });
    const told = answer.redirected ? null : await answer.json().catch(() => null);
    if (answer.ok && told) {
      row.uploaded = told.id;
      row.uploadedAt = Date.now();
    } else if ([400, 413, 415, 422].includes(answer.status)) {
      row.refused = told?.detail || '这张传不上去，换一张试试。'; // it is not tried again
    } else {
      throw new Error(told?.detail || '照片没传上去，还存在这台平板上。等一会再报。');
    }
    await store.keep(row);
    tell(one);
    return row.refused || '';
  }

  box.takePhoto = async (file) => {
    const row = { id: crypto.randomUUID(), inspection, at: Date.now(), name: file.name, type: file.type };
    try {
      await store.put(row.id, await file.arrayBuffer(), row);
    } catch {
      return '这台平板存不下了。先把存着的报上去，再拍。';
    }
    await count();
    const one = show(await store.get(row.id), file);
    if (!navigator.onLine) return AWAY;
    try {
      return await send(one);
    } catch (wrong) {
      return wrong instanceof TypeError ? AWAY : wrong.message;
    }
  };

  list.addEventListener('click', async (e) => {
    const item = e.target.closest('.thumb-x')?.closest('li');
    if (!item) return;
    const { photo } = item.dataset;
    const value = item.querySelector('input').value;
    const gone = (await all()).filter((row) => row.id === photo || (value && row.uploaded === value));
    shown.delete(photo);
    await forget(gone);
    refused.replaceChildren();
    shown.forEach(tell);
  });

  // what the last report took, as this page has it, is not sent again; what the form has already is not shown twice
  const taken = new Set([...form.querySelectorAll('a[href^="/attachments/"]')].map((a) => a.href.split('/').pop()));
  const chosen = new Set();
  for (const input of list.querySelectorAll('input')) {
    if (taken.has(input.value)) input.closest('li').remove();
    else chosen.add(input.value);
  }
  const mine = (await all()).filter((row) => row.inspection === inspection);
  await forget(mine.filter((row) => taken.has(row.uploaded)));
  const here = mine.filter((row) => wentUp(row) && chosen.has(row.uploaded)).map((row) => row.id);
  for (const row of mine.filter((one) => !taken.has(one.uploaded) && !here.includes(one.id))) {
    show(row, new Blob([await store.read(row)], { type: row.type }));
  }

  const waiting = () => [...shown.values()].filter(({ row }) => !row.refused && !wentUp(row));
  return {
    waits: () => waiting().length > 0,
    /** Those that go with the form when it is sent now. */
    carried: () => [...here, ...[...shown.values()].filter(({ row }) => wentUp(row)).map(({ row }) => row.id)],
    /** @return what was refused, in words; empty when all of them went up */
    async send() {
      token = await renew(form);
      let words = '';
      for (const one of waiting()) words = await send(one) || words;
      return words;
    },
  };
}
