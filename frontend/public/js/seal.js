// @ts-check
// What is kept on this device, sealed: a key that no script can read out, and records that say nothing without it.
// A plain script and a module in one: the service worker takes it in by `importScripts`, pages by `import`.
(() => {
  const NAME = 'tongban';
  const DAYS = 14;
  const PAGES_MAX = 60;

  /** @typedef {{ id: string, at: number, iv: Uint8Array, data: ArrayBuffer }} Row */

  /** @type {Promise<IDBDatabase> | undefined} */
  let opened;

  /** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const open = () => {
    opened =
      opened ||
      new Promise((resolve, reject) => {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => {
          request.result.createObjectStore('key');
          request.result.createObjectStore('kept', { keyPath: 'id' });
        };
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const close = () => {
            request.result.close();
            opened = undefined;
          };
          // Signing out takes it all away; who goes on begins anew.
          request.result.onclose = close;
          request.result.onversionchange = close;
          resolve(request.result);
        };
      });
    opened.catch(() => (opened = undefined));
    return opened;
  };

  /** @param {'key' | 'kept'} name @param {IDBTransactionMode} mode */
  const store = async (name, mode) => (await open()).transaction(name, mode).objectStore(name);

  /** @returns {Promise<CryptoKey>} */
  const key = async () => {
    const there = await done((await store('key', 'readonly')).get('one'));
    if (there) return there;
    const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    // Another page may have been quicker: then its key counts.
    await done((await store('key', 'readwrite')).add(fresh, 'one')).catch(() => undefined);
    return done((await store('key', 'readonly')).get('one'));
  };

  const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

  /** @param {string} id @param {unknown} value */
  const put = async (id, value) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    // Bound to its name, so that no record can stand for another.
    const how = { name: 'AES-GCM', iv, additionalData: bytes(id) };
    const data = await crypto.subtle.encrypt(how, await key(), bytes(JSON.stringify(value)));
    await done((await store('kept', 'readwrite')).put({ id, at: Date.now(), iv, data }));
  };

  /** @param {string} id @returns {Promise<any>} `undefined`: nothing, or nothing that opens. */
  const get = async (id) => {
    /** @type {Row | undefined} */
    const row = await done((await store('kept', 'readonly')).get(id));
    if (!row || row.at < Date.now() - DAYS * 86_400_000) return undefined;
    const how = { name: 'AES-GCM', iv: row.iv, additionalData: bytes(id) };
    const text = await crypto.subtle.decrypt(how, await key(), row.data).catch(() => undefined);
    return text && JSON.parse(new TextDecoder().decode(text));
  };

  /** Forgets all records whose names begin so. @param {string} prefix */
  const drop = async (prefix) => {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    await done((await store('kept', 'readwrite')).delete(range));
  };

  /** Forgets what is too old, and of pages what is too much. */
  const sweep = async () => {
    const kept = await store('kept', 'readwrite');
    /** @type {Row[]} */
    const rows = await done(kept.getAll());
    const pages = rows.filter((row) => row.id.startsWith('page:')).sort((a, b) => b.at - a.at);
    const old = rows.filter((row) => row.at < Date.now() - DAYS * 86_400_000);
    for (const row of old.concat(pages.slice(PAGES_MAX))) kept.delete(row.id);
  };

  /** Forgets everything, the key too. */
  const wipe = () => new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = () => resolve(undefined);
  });

  /** Without a secure context there is nothing to seal with, and nothing is kept. */
  const able = !!self.indexedDB && !!self.crypto && !!self.crypto.subtle;

  // @ts-ignore
  self.tongban = { able, put, get, drop, sweep, wipe };
})();
