// Fills in and casts the ballot that this device holds.
import { all, cast, keep, secret, told, unsure } from './ballot.js';

const form = document.getElementById('ballot');
const { poll, estate } = form.dataset;
const none = document.getElementById('none');
const done = document.getElementById('done');
const said = document.getElementById('said');
const questions = [...form.querySelectorAll('fieldset')];

function show() {
  const mine = all(poll, estate);
  const open = mine.find((one) => one.signature);
  const last = mine.filter((one) => one.receipt).at(-1);
  none.hidden = Boolean(open || last);
  form.hidden = !open;
  done.hidden = Boolean(open) || !last;
  if (last && !open) {
    done.querySelector('[data-receipt]').textContent = told(last.receipt);
    done.querySelector('h2').focus();
  }
  return open;
}

// a ballot that was sent and not answered may be in the box: it is sent again as it was, and what it says stands there
function lock() {
  const answers = ballot?.pending?.answers;
  questions.forEach((q, n) => {
    q.disabled = Boolean(answers);
    if (answers) q.querySelector(`[value="${answers[n]}"]`).checked = true;
  });
  form.querySelector('button span').textContent = answers ? '再发同一张' : '投票';
  if (answers) said.textContent = '上次没等到回话，可能投进去了，也可能没有。下面是那一张，不能再改；再发同一张，只算一次。';
}

let ballot = show();
lock();

form.addEventListener('change', (e) => {
  e.target.closest('fieldset').classList.remove('field-bad');
  const left = questions.filter((q) => !q.querySelector(':checked')).length;
  said.textContent = left === 0 ? '都选好了。' : `还有 ${left} 题。`;
});

form.addEventListener('submit', async (e) => {
  e.preventDefault();
  const missing = ballot.pending ? [] : questions.filter((q) => !q.querySelector(':checked'));
  missing.forEach((q) => q.classList.add('field-bad'));
  if (missing.length) {
    said.textContent = `还有 ${missing.length} 题没选。不清楚的选“不了解”。`;
    missing[0].querySelector('input').focus();
    return;
  }
  const button = form.querySelector('button');
  button.setAttribute('aria-busy', 'true');
  said.textContent = '正在投。';
  // what was once sent is sent again as it was: a lost answer may mean that it is in the box
  const { unit, ...token } = ballot;
  const pending = token.pending
    || { own: secret(), answers: questions.map((q) => q.querySelector(':checked').value).join('') };
  keep(poll, estate, unit, { ...token, pending });
  ballot = { unit, ...token, pending };
  try {
    const receipt = await cast(poll, estate, token, pending.own, pending.answers);
    keep(poll, estate, unit, { receipt }); // the number, the secret and the answers are forgotten
    ballot = show();
    form.reset();
    said.textContent = '';
    lock();
    window.scrollTo(0, 0);
  } catch (wrong) {
    if (wrong.late && token.pending) { // sent before and never answered: it may be in the box
      await unsure(poll, estate, ballot);
      window.location.reload(); // where the page of a closed poll tells the receipt
      return;
    }
    if (wrong.refused) {
      keep(poll, estate, unit, { message: token.message, signature: token.signature });
      ballot = { unit, message: token.message, signature: token.signature };
    }
    lock();
    said.textContent = ballot.pending ? `${wrong instanceof TypeError ? '没连上。' : wrong.message}${said.textContent}` : wrong.message;
  }
  button.removeAttribute('aria-busy');
  delete form.dataset.sent;
});
