// Face to face: filled in at the door, with a network or without; sent when there is one.
import { begin, cast, commitment, finish, publicJwk, secret, told, words } from './ballot.js';
import { all, drop, put } from './ballot-store.js';

const form = document.getElementById('ballot');
const { poll, estate } = form.dataset;
const said = document.getElementById('said');
const list = document.getElementById('waiting');
const send = document.getElementById('send');
const net = document.getElementById('net');
const receipt = document.getElementById('receipt');
const questions = [...form.querySelectorAll('fieldset')];
const here = (ballot) => ballot.poll === poll && ballot.estate === estate;

function tellNet() {
  net.textContent = navigator.onLine ? '有网络' : '没有网络，存下来，回去再发';
}
window.addEventListener('online', tellNet);
window.addEventListener('offline', tellNet);
tellNet();

async function show() {
  const mine = (await all()).filter(here);
  list.replaceChildren(...mine.map((ballot) => {
    const line = document.createElement('li');
    const name = document.createElement('b');
    name.textContent = ballot.name;
    line.append(name, ` ${ballot.refused || '等发送'}`);
    if (ballot.refused) {
      const away = document.createElement('button');
      away.type = 'button';
      away.className = 'btn btn-line mt-s';
      away.textContent = '知道了，去掉';
      away.addEventListener('click', async () => { await drop(ballot.id); show(); });
      line.append(document.createElement('br'), away);
    }
    return line;
  }));
  const waiting = mine.filter((ballot) => !ballot.refused).length;
  send.disabled = waiting === 0;
  send.querySelector('span').textContent = waiting === 0 ? '没有要发的' : `发送 ${waiting} 张`;
  const taken = new Set(mine.map((ballot) => ballot.unit));
  form.querySelectorAll('#f-unit option').forEach((option) => { option.disabled = taken.has(option.value); });
}

form.addEventListener('submit', async (e) => {
  e.preventDefault();
  const unit = document.getElementById('f-unit');
  const missing = questions.filter((q) => !q.querySelector(':checked'));
  missing.forEach((q) => q.classList.add('field-bad'));
  if (!unit.value || missing.length) {
    said.textContent = unit.value ? `还有 ${missing.length} 题没选。不清楚的选“不了解”。` : '请先选是哪一户。';
    (unit.value ? missing[0].querySelector('input') : unit).focus();
    delete form.dataset.sent;
    return;
  }
  const own = secret();
  const answers = questions.map((q) => q.querySelector(':checked').value).join('');
  await put({ id: crypto.randomUUID(), poll, estate, unit: unit.value, name: unit.selectedOptions[0].textContent, own, answers });
  receipt.hidden = false;
  receipt.querySelector('[data-receipt]').textContent = told(await commitment(poll, estate, own, answers));
  form.reset();
  said.textContent = '';
  delete form.dataset.sent;
  receipt.querySelector('h2').focus();
  show();
});
form.addEventListener('change', (e) => e.target.closest('fieldset')?.classList.remove('field-bad'));

// this page may be an old one: what a form needs is asked for anew
async function csrf() {
  const answer = await fetch(location.href, { cache: 'no-store' });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (answer.redirected || !page.getElementById('ballot')) throw new Error('登录过期了。请先登录，再回到这一页发送，票还在。');
  return page.querySelector('meta[name=csrf]').content;
}

// first all are signed, then all are cast in an order of their own
async function sign(ballot, jwk, token) {
  if (ballot.token) return;
  if (!ballot.begun) {
    ballot.begun = await begin(jwk);
    await put(ballot);
  }
  const body = new URLSearchParams({ _csrf: token, unit: ballot.unit, blinded: ballot.begun.blinded });
  const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } });
  if (answer.status === 422) {
    await refuse(ballot, await words(answer));
    return;
  }
  if (!answer.ok) throw new Error(await words(answer));
  ballot.token = await finish(jwk, ballot.begun, (await answer.json()).signature);
  await put(ballot);
}

const refuse = (ballot, why) => {
  ballot.refused = `没发出去：${why}`;
  const { id, name, refused } = ballot; // the answers are of no use any more
  return put({ id, poll, estate, unit: ballot.unit, name, refused });
};

async function sendAll() {
  const waiting = (await all()).filter((ballot) => here(ballot) && !ballot.refused);
  const token = await csrf();
  const jwk = await publicJwk(poll, estate);
  for (const ballot of waiting) await sign(ballot, jwk, token);
  const signed = waiting.filter((ballot) => ballot.token);
  for (let n = signed.length - 1; n > 0; n -= 1) {
    const other = crypto.getRandomValues(new Uint32Array(1))[0] % (n + 1);
    [signed[n], signed[other]] = [signed[other], signed[n]];
  }
  let sent = 0;
  for (const ballot of signed) {
    const before = ballot.sent;
    ballot.sent = true;
    await put(ballot); // before it is sent: the answer may be lost on its way
    try {
      await cast(poll, estate, ballot.token, ballot.own, ballot.answers);
      await drop(ballot.id);
      sent += 1;
    } catch (wrong) {
      if (!wrong.refused) throw wrong;
      await refuse(ballot, wrong.late && before
        ? '已经截止。上一次没等到回话，可能收到了：点完票，请住户用抄下的回执号查。' : wrong.message);
    }
  }
  return sent;
}

send.addEventListener('click', async () => {
  send.setAttribute('aria-busy', 'true');
  said.textContent = '正在发送。';
  try {
    said.textContent = `发出了 ${await sendAll()} 张。`;
  } catch (wrong) {
    said.textContent = wrong instanceof TypeError ? '没有网络，票存着，有网再发。' : wrong.message;
  }
  send.removeAttribute('aria-busy');
  show();
});

show();
if ('serviceWorker' in navigator) {
  await navigator.serviceWorker.register('/ballots/worker.js', { scope: '/ballots/' });
  await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType('resource').map((one) => one.name)
    .filter((name) => /^\/(assets|webjars)\//.test(new URL(name).pathname));
  const store = await caches.open('hemei-tablet-1');
  await store.addAll([location.href, ...new Set(parts)]);
  document.getElementById('kept').hidden = false;
}
