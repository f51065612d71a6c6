// What could not be brought to the house yet, locked up in this browser. The key comes with every page of a signed-in person and is
// kept nowhere here: once nobody is signed in, what lies in the storage is unreadable to everybody, and log-out takes it away.
const { person, vault: secret } = document.body.dataset;
const PREFIX = "keep:";
const mine = person ? `${PREFIX}${person}:` : null;
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));

/** False where the browser gives no cipher (http on a foreign host): then nothing is written down here. */
export const canKeep = Boolean(mine && secret && globalThis.crypto?.subtle);
const key = canKeep ? crypto.subtle.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"]) : null;

let turn = Promise.resolve(); // one after the other, so that an older text never comes after a newer one
const inTurn = (act) => (turn = turn.then(act, act));

async function seal(entry) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(entry));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await key, text));
  return btoa(String.fromCharCode(...nonce) + Array.from(sealed, (byte) => String.fromCharCode(byte)).join(""));
}

async function open(text) {
  const all = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: all.slice(0, 12) }, await key, all.slice(12));
  return JSON.parse(new TextDecoder().decode(plain));
}

/** Keep `entry` under its `key`; resolves to whether it lies in the storage now. */
export const put = (entry) => inTurn(async () => {
  if (!canKeep) return false;
  try {
    localStorage.setItem(mine + entry.key, await seal(entry));
    return true;
  } catch {
    return false; // the storage is full or closed: the text is still on the page
  }
});

/** Forget what lies under `id`. */
export const drop = (id) => inTurn(() => mine && localStorage.removeItem(mine + id));

/** Everything of this person, the oldest first; what cannot be read any more is taken away. */
export const all = () => inTurn(async () => {
  const found = [];
  for (const name of canKeep ? Object.keys(localStorage).filter((one) => one.startsWith(mine)) : []) {
    try {
      found.push(await open(localStorage.getItem(name)));
    } catch {
      localStorage.removeItem(name);
    }
  }
  return found.sort((one, other) => one.at - other.at);
});

/** Take everything away, whoever it belongs to. */
export const wipe = () => inTurn(() => Object.keys(localStorage).filter((one) => one.startsWith(PREFIX)).forEach((one) => localStorage.removeItem(one)));
