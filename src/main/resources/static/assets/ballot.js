// The voter's side of the protocol (decision 43): a number that is signed blindly, a ballot that is cast with it.
import { BlindRSA, PrepareType } from './blindrsa/blindrsa.js';

const MESSAGE = 32;
const SECRET = 32;
const suite = new BlindRSA({
  name: 'RSABSSA-SHA384-PSS-Randomized',
  hash: 'SHA-384',
  saltLength: 48,
  prepareType: PrepareType.Randomized,
  supportsRSARAW: false,
});

export const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('');
export const unhex = (text) => new Uint8Array((text.match(/../g) || []).map((pair) => parseInt(pair, 16)));
const random = (n) => crypto.getRandomValues(new Uint8Array(n));

// what everybody may read is asked for without saying who asks
export const openly = (path, cache = 'no-store') => fetch(path, { credentials: 'omit', referrerPolicy: 'no-referrer', cache });

// the key of the estate, when it is the one in the list of all keys, whose root is in the audit log: a key for one voter would mark them
export async function publicJwk(poll, estate) {
  const answer = await openly(`/ballot-box/${poll}/${estate}/key`);
  if (!answer.ok) throw new Error(await words(answer));
  const jwk = await answer.json();
  // the same for everybody and for good, so whoever has it need not ask again
  const list = await openly(`/ballot-box/${poll}/keys.txt`, 'default');
  if (!list.ok) throw new Error(await words(list));
  const modulus = Uint8Array.from(atob(jwk.n.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const line = `${estate}:${hex(await crypto.subtle.digest('SHA-256', modulus))}`;
  if (!(await list.text()).split('\n').includes(line)) throw new Error('公钥和公布的不一样，这张票先别领，请告诉社区。');
  return jwk;
}

const imported = (jwk) =>
  crypto.subtle.importKey('jwk', jwk, { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify']);

// a number of one's own, and what is sent to be signed
export async function begin(jwk) {
  const message = suite.prepare(random(MESSAGE));
  const { blindedMsg, inv } = await suite.blind(await imported(jwk), message);
  return { message: hex(message), blinded: hex(blindedMsg), inv: hex(inv) };
}

// the signature of the number itself; fails when the signer used another key than everybody's
export async function finish(jwk, begun, signature) {
  const clear = await suite.finalize(await imported(jwk), unhex(begun.message), unhex(signature), unhex(begun.inv));
  return { message: begun.message, signature: hex(clear) };
}

export const secret = () => hex(random(SECRET));

export async function commitment(poll, estate, own, answers) {
  const text = `hemei-ballot-v1|${poll}|${estate}|${own}|${answers}`;
  return hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

// without cookies, without an address before it: whoever takes it cannot know who sends it
export async function cast(poll, estate, token, own, answers) {
  const answer = await fetch(`/ballot-box/${poll}/${estate}`, {
    method: 'POST',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    body: new URLSearchParams({ message: token.message, signature: token.signature, secret: own, answers }),
  });
  if (!answer.ok) {
    const wrong = new Error(await words(answer.clone()));
    wrong.refused = answer.status === 422;
    wrong.late = wrong.refused && (await answer.json()).about === 'late';
    throw wrong;
  }
  const { receipt } = await answer.json();
  if (receipt !== await commitment(poll, estate, own, answers)) throw new Error('回执对不上，请告诉社区。');
  return receipt;
}

export async function words(answer) {
  try {
    return (await answer.json()).words || '没连上，请过一会儿再试。';
  } catch {
    return answer.status === 401 || answer.redirected ? '登录过期了，请重新登录。' : '没连上，请过一会儿再试。';
  }
}

// 3fa9 41c2 77b0 e5d1 0c4e: enough to find it by, short enough to copy out
export const told = (receipt) => receipt.slice(0, 20).match(/.{4}/g).join(' ');

// what this device keeps: a line for each household and poll
const name = (poll, estate, unit) => `hemei-ballot:${poll}:${estate}:${unit}`;
export const keep = (poll, estate, unit, what) => localStorage.setItem(name(poll, estate, unit), JSON.stringify(what));
export const kept = (poll, estate, unit) => JSON.parse(localStorage.getItem(name(poll, estate, unit)) || 'null');
// a ballot that was sent and whose answer was lost: it may be in the box, so what it would be found by is all that is kept
export const unsure = async (poll, estate, { unit, pending }) =>
  keep(poll, estate, unit, { receipt: await commitment(poll, estate, pending.own, pending.answers), unsure: true });
export function all(poll, estate) {
  const prefix = name(poll, estate, '');
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ unit: key.slice(prefix.length), ...JSON.parse(localStorage.getItem(key)) }));
}
