/* The one service worker of the site; SETTINGS stands above this line (gandan/service_worker.py).
   It looks at GET alone, keeps only what apps registered, and leaves the rooms of SETTINGS.never to the network. */
const KEPT = `read-${SETTINGS.version}`;
const SHELLS = `shells-${SETTINGS.version}`;
const FRAME = `frame-${SETTINGS.version}`;
const MOST = 60; // pages on one device
const PATIENCE = 5000; // milliseconds for a weak network before the kept copy is shown

const pages = SETTINGS.pages.map((pattern) => new RegExp(pattern));
const shells = SETTINGS.shells.map(([pattern, suffix]) => [new RegExp(pattern), suffix]);

self.addEventListener("install", (event) => {
  event.waitUntil(prepare().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  const asked = event.data || {};
  if (asked.keep) event.waitUntil(keepShell(asked.keep, asked.files || []));
  if (asked.forget) event.waitUntil(caches.delete(SHELLS));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (SETTINGS.signOut.includes(url.pathname)) event.waitUntil(caches.delete(SHELLS));
    return;
  }
  if (SETTINGS.never.some((room) => url.pathname.startsWith(room))) return;
  if (url.pathname.startsWith(SETTINGS.static)) event.respondWith(fromFrame(request));
  else if (request.mode === "navigate") event.respondWith(page(event, request, url));
});

async function prepare() {
  await (await caches.open(FRAME)).addAll(Object.values(SETTINGS.offline));
  await Promise.all(SETTINGS.styles.map((style) => fromFrame(new Request(style))));
}

async function dropOlder() {
  const ours = [KEPT, SHELLS, FRAME];
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !ours.includes(name)).map((name) => caches.delete(name)));
}

/* A file with its hash in its name never changes, and the server says so; no other static file is kept. */
async function fromFrame(request) {
  const frame = await caches.open(FRAME);
  const copy = await frame.match(request);
  if (copy) return copy;
  const answer = await fetch(request);
  if (answer.ok && says(answer, "immutable")) await frame.put(request, answer.clone());
  return answer;
}

async function page(event, request, url) {
  const isRead = !url.search && pages.some((pattern) => pattern.test(url.pathname));
  const asked = fetch(request);
  if (isRead) event.waitUntil(asked.then((answer) => keepPage(url, answer.clone())).catch(() => {}));
  const copy = isRead && (await (await caches.open(KEPT)).match(url.pathname));
  try {
    return await (copy ? Promise.race([asked, after(PATIENCE, copy)]) : asked);
  } catch {
    return copy || (await shell(url)) || (await noSignal(url)) || Response.error();
  }
}

function after(milliseconds, value) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, value));
}

async function shell(url) {
  const found = shells.find(([pattern]) => pattern.test(url.pathname));
  return found && (await caches.open(SHELLS)).match(url.pathname + found[1]);
}

async function noSignal(url) {
  const prefix = Object.keys(SETTINGS.offline).find((each) => each && url.pathname.startsWith(`${each}/`));
  return (await caches.open(FRAME)).match(SETTINGS.offline[prefix || ""]);
}

async function keepPage(url, answer) {
  if (!answer.ok || !says(answer, "public")) return; // "public": nobody's cookie is in the page
  const cache = await caches.open(KEPT);
  await cache.delete(url.pathname);
  await cache.put(url.pathname, answer);
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map((oldest) => cache.delete(oldest)));
}

/* Asked for by the page it stands in for, while somebody is signed in. */
async function keepShell(path, files) {
  const found = shells.find(([pattern]) => pattern.test(path));
  if (!found) return;
  const answer = await fetch(path + found[1], { cache: "no-store", redirect: "error" });
  if (!answer.ok) return;
  await (await caches.open(SHELLS)).put(path + found[1], answer);
  await (await caches.open(FRAME)).addAll(Object.values(SETTINGS.offline)); // the hotline of today
  const ours = files.filter((file) => new URL(file).pathname.startsWith(SETTINGS.static));
  await Promise.all(ours.map((file) => fromFrame(new Request(file))));
}

function says(answer, word) {
  return (answer.headers.get("Cache-Control") || "").split(/[,\s]+/).includes(word);
}
