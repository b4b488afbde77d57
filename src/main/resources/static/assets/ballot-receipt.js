// After the close: the receipts of ballots that were cast on this device, with those whose answer was lost on its way.
import { all, told, unsure } from './ballot.js';

const mine = document.getElementById('mine');
const { poll, estate } = mine.dataset;

for (const one of all(poll, estate)) if (one.pending) await unsure(poll, estate, one);
const receipts = all(poll, estate).filter((one) => one.receipt);
mine.querySelector('ul').replaceChildren(...receipts.map((one) => {
  const line = document.createElement('li');
  const code = document.createElement('span');
  code.className = 'receipt';
  code.textContent = told(one.receipt);
  line.append(code);
  if (one.unsure) line.append(document.createElement('br'), '没等到回话，可能投进去了，也可能没有。点完票用它一查就知道。');
  return line;
}));
mine.hidden = receipts.length === 0;
