// Takes a household's ballot: what the signer sees tells nothing of the ballot.
import { begin, finish, keep, kept, publicJwk, words } from './ballot.js';

const form = document.getElementById('take');
const { poll, estate, unit } = form.dataset;
const said = document.getElementById('said');
const go = () => { location.href = `/ballot-box/${poll}/${estate}`; };

async function take() {
  const jwk = await publicJwk(poll, estate);
  let state = kept(poll, estate, unit);
  if (!state?.blinded) {
    state = await begin(jwk);
    keep(poll, estate, unit, state); // before it is sent: a lost answer can be asked for again
  }
  const body = new URLSearchParams(new FormData(form));
  body.set('blinded', state.blinded);
  const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } });
  if (!answer.ok || answer.redirected) throw new Error(await words(answer));
  const { signature } = await answer.json();
  keep(poll, estate, unit, await finish(jwk, state, signature));
  go();
}

if (!window.isSecureContext || !crypto.subtle) {
  said.textContent = '这个浏览器不能投秘密票。请换一个浏览器，或向社区要纸质选票。';
} else if (kept(poll, estate, unit)?.signature || kept(poll, estate, unit)?.receipt) {
  go();
} else {
  form.hidden = false;
  form.addEventListener('submit', async (e) => {
    e.preventDefault();
    const button = form.querySelector('button');
    button.setAttribute('aria-busy', 'true');
    said.textContent = '正在领票，请等几秒。';
    try {
      await take();
    } catch (wrong) {
      said.textContent = wrong.message;
      delete form.dataset.sent;
    }
    button.removeAttribute('aria-busy');
  });
}
