// After the close: the receipts of ballots that were cast on this device, with those whose answer was lost on its way.
import { all, openly, told, unsure, words } from './ballot.js';

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

// looked up here, in the list that everybody gets: nobody is told which receipt it is
const form = document.getElementById('look');
async function look(typed) {
  const code = typed.replace(/[\s-]/g, '').toLowerCase();
  const serial = code.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  const lines = async (name) => {
    const answer = await openly(`/ballot-box/${poll}/${estate}/${name}`);
    if (!answer.ok) throw new Error(await words(answer));
    return (await answer.text()).split('\n');
  };
  return code.length >= 12 && ((await lines('list.txt')).some((line) => line.startsWith(code))
    || (await lines('sheets.txt')).includes(serial));
}
form?.addEventListener('submit', async (e) => {
  e.preventDefault();
  const said = document.getElementById('looked');
  try {
    const found = await look(form.elements.receipt.value);
    said.replaceChildren(document.getElementById(found ? 'found' : 'unfound').content.cloneNode(true));
  } catch (wrong) {
    said.textContent = wrong instanceof TypeError ? '没连上，请过一会儿再试。' : wrong.message;
  }
  delete form.dataset.sent;
});
