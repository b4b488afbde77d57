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

let ballot = show();

form.addEventListener('change', (e) => {
  e.target.closest('fieldset').classList.remove('field-bad');
  const left = questions.filter((q) => !q.querySelector(':checked')).length;
  said.textContent = left === 0 ? '都选好了。' : `还有 ${left} 题。`;
});

form.addEventListener('submit', async (e) => {
  e.preventDefault();
  const missing = questions.filter((q) => !q.querySelector(':checked'));
  missing.forEach((q) => q.classList.add('field-bad'));
  if (missing.length && !ballot.pending) {
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
    said.textContent = wrong.message;
  }
  button.removeAttribute('aria-busy');
  delete form.dataset.sent;
});
