// A till for one phone that may have no network: sales are kept here at once and sent when they can be.
(() => {
  "use strict";
  const till = document.getElementById("till");
  if (!till) return;
  const say = till.dataset;
  const at = (id) => document.getElementById(`till-${id}`);
  const sums = tillSums(document.documentElement.lang, say.currency);
  const store = tillStore(`till:${say.cooperative}`);
  const BATCH = 20, DAY_MS = 86_400_000, KEPT_DAYS = 3, AGAIN_MS = 60_000;
  let isSending = false, chosen = null;

  const state = (text, kind) => { at("state").textContent = text; at("state").dataset.kind = kind; };
  const today = () => new Date().toDateString();
  const isOfToday = (sale) => new Date(sale.sold_at).toDateString() === today();
  const counts = (sale) => sale.state !== "undone" && sale.state !== "aside";
  const worded = (sale) => `${sale.weight || `${sale.pieces} ×`} ${sale.name} · ${sums.written(sale.total_centimes)}`;

  // What is on the screen ---------------------------------------------------------------------------

  const row = (sale, text, ...buttons) => {
    const item = document.createElement("li");
    const words = document.createElement("p");
    words.textContent = text;
    item.append(words);
    for (const [label, act] of buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-quiet";
      button.textContent = label;
      button.addEventListener("click", () => act(sale));
      item.append(button);
    }
    return item;
  };

  const toLookAt = (sale) => {
    const text = `${worded(sale)} · ${sale.sentences.join(" ")}`;
    if (sale.state !== "refused") return row(sale, text, [say.seen, (one) => change(one.key, (now) => ({ ...now, isSeen: true }))]);
    const again = (one) => change(one.key, (now) => ({ ...now, state: "waiting", tried: false, sentences: [] })).then(send);
    const aside = (one) => change(one.key, (now) => ({ ...now, state: "aside" }));
    return row(sale, text, [say.again, again], [say.aside, aside]);
  };

  const ofToday = (sale) => {
    const time = new Date(sale.sold_at).toTimeString().slice(0, 5);
    const item = row(sale, `${time} · ${worded(sale)}`);
    const mark = document.createElement("span");
    mark.className = "badge";
    mark.textContent = say[sale.state] || say.waiting;
    item.append(mark);
    if (sale.state === "waiting" && !sale.tried) item.append(row(sale, "", [say.undo, undo]).lastChild);
    if (!counts(sale)) item.classList.add("stall-undone");
    return item;
  };

  const show = async () => {
    const sales = (await store.all()).sort((one, other) => (one.sold_at < other.sold_at ? 1 : -1));
    const mine = sales.filter((sale) => sale.person === say.person);
    const waiting = mine.filter((sale) => sale.state === "waiting").length;
    const others = sales.filter((sale) => sale.person !== say.person && sale.state === "waiting").length;
    const day = sales.filter(isOfToday);
    at("total").textContent = sums.written(day.filter(counts).reduce((sum, sale) => sum + sale.total_centimes, 0));
    at("waiting").textContent = waiting;
    at("others").hidden = others === 0;
    at("others").textContent = `${say.others} ${others}`;
    const look = mine.filter((sale) => sale.sentences?.length && !sale.isSeen && ["recorded", "refused"].includes(sale.state));
    at("look").hidden = look.length === 0;
    at("look-list").replaceChildren(...look.map(toLookAt));
    at("day-list").replaceChildren(...day.map(ofToday));
    for (const tile of till.querySelectorAll("[data-variant]")) {
      const since = sales.filter((sale) => sale.variant === Number(tile.dataset.variant) && counts(sale)
        && (sale.state === "waiting" || sale.made === say.made));
      const grams = since.reduce((sum, sale) => sum + (sale.pieces ? 0 : sale.grams), 0);
      const gone = since.reduce((sum, sale) => sum + sale.pieces, 0) + (grams && Math.round(grams / Number(tile.dataset.portion)));
      tile.querySelector(".stall-left bdi").textContent = Math.max(0, Number(tile.dataset.left) - gone);
    }
    return waiting;
  };

  // Selling -----------------------------------------------------------------------------------------

  const change = async (key, how) => { await store.change(key, how); await show(); };
  const undo = (sale) => change(sale.key, (now) => (now.state === "waiting" && !now.tried ? { ...now, state: "undone" } : null));

  const wrong = (text) => { at("wrong").hidden = !text; at("wrong").textContent = text || ""; };

  const open = (tile) => {
    chosen = tile;
    at("form").reset();
    wrong("");
    const isWeighed = tile.dataset.portion !== "";
    at("name").textContent = tile.dataset.name;
    at("numbers").hidden = isWeighed;
    at("weighed").hidden = !isWeighed;
    at("counted").hidden = isWeighed;
    at("sell").showModal();
  };

  // What one of so many costs by the catalogue: "10:900 50:800" is 9 DH each from ten on.
  const usual = (pieces) => (chosen.dataset.many ?? "").split(" ").filter(Boolean).map((step) => step.split(":").map(Number))
    .reduce((price, [from, centimes]) => (pieces >= from ? Math.min(price, centimes) : price), Number(chosen.dataset.price));

  const sold = (pieces, more) => {
    const { variant, name } = chosen.dataset;
    const price = usual(pieces), centimes = more.price_centimes ?? price;
    return {
      key: crypto.randomUUID(), person: say.person, made: say.made, state: "waiting", sentences: [], sold_at: new Date().toISOString(),
      variant: Number(variant), name, pieces, grams: null, price_centimes: centimes, usual_centimes: price, total_centimes: centimes * pieces, ...more,
    };
  };

  const keep = async (sale) => {
    try {
      await store.put(sale);
    } catch {
      wrong(say.notKept);
      return;
    }
    at("sell").close();
    navigator.storage?.persist?.();
    at("told").textContent = `${say.sold} ${worded(sale)}`;
    await show();
    send();
  };

  const sellWeighed = () => {
    const grams = sums.grams(at("grams").value), portion = Number(chosen.dataset.portion);
    if (!(grams > 0 && grams <= 1_000_000)) return wrong(say.wrongWeight);
    const total = Math.round(Number(chosen.dataset.price) * grams / portion);
    // How many pieces that makes is worked out on the site, with what was sold by weight before.
    return keep(sold(0, { grams, weight: `${grams} ${say.gram}`, total_centimes: total }));
  };

  const sellCounted = () => {
    const pieces = sums.pieces(at("pieces").value || "1");
    const typed = at("price").value.trim();
    const price = typed ? sums.centimes(typed) : usual(pieces);
    if (!(pieces >= 1 && pieces <= 10_000)) return wrong(say.wrongNumber);
    if (price !== usual(pieces) && !(price >= Number(chosen.dataset.least) && price <= Number(chosen.dataset.most))) {
      return wrong(`${say.wrongPrice} ${sums.written(Number(chosen.dataset.least))} – ${sums.written(Number(chosen.dataset.most))}`);
    }
    return keep(sold(pieces, { price_centimes: price }));
  };

  till.addEventListener("click", (event) => {
    const tile = event.target.closest("[data-variant]");
    const number = event.target.closest("[data-pieces]");
    if (tile) open(tile);
    if (number) keep(sold(Number(number.dataset.pieces), {}));
    if (event.target.closest("[data-close]")) at("sell").close();
  });
  at("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (chosen.dataset.portion) sellWeighed(); else sellCounted();
  });

  // Sending -----------------------------------------------------------------------------------------

  // Who is signed in on this phone now: {person, token}; null when they have to sign in again. Throws without network.
  const whoIsThere = async () => {
    const answer = await fetch(say.me, { redirect: "manual", cache: "no-store", credentials: "same-origin" });
    if (answer.status >= 500) throw new Error(answer.status);
    return answer.ok ? answer.json() : null;
  };

  const handOver = async (sales, token) => {
    for (const sale of sales) await store.change(sale.key, (now) => ({ ...now, tried: true }));
    const asked = ["key", "sold_at", "variant", "pieces", "grams", "price_centimes", "usual_centimes"];
    const told = sales.map((sale) => Object.fromEntries(asked.map((name) => [name, sale[name]])));
    const answer = await fetch(say.send, {
      method: "POST", redirect: "manual", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify({ sales: told }),
    });
    if (!answer.ok) throw new Error(answer.status);
    for (const { key, ...result } of (await answer.json()).results) await store.change(key, (now) => ({ ...now, ...result }));
  };

  const sendAll = async () => {
    const mine = (await store.all()).filter((sale) => sale.state === "waiting" && sale.person === say.person);
    const there = await whoIsThere();
    if (!there || there.person !== say.person) return state(there ? say.somebodyElse : say.signedOut, "waiting");
    for (let from = 0; from < mine.length; from += BATCH) {
      await handOver(mine.slice(from, from + BATCH), there.token);
      await show();
    }
    return state(say.allSent, "done");
  };

  const send = async () => {
    if (isSending) return;
    isSending = true;
    try {
      await sendAll();
    } catch {
      state(say.offline, "waiting");
    } finally {
      isSending = false;
    }
    // What was sold while the others were on their way.
    if (await show() > 0 && at("state").dataset.kind === "done") send();
  };

  const forgetOld = async () => {
    const before = new Date(Date.now() - KEPT_DAYS * DAY_MS).toISOString();
    for (const sale of await store.all()) {
      const isDone = ["undone", "recorded", "aside"].includes(sale.state) && (!sale.sentences.length || sale.isSeen || sale.state === "aside");
      if (isDone && sale.sold_at < before) await store.forget(sale.key);
    }
  };

  // The page and what it shows stay on this phone ---------------------------------------------------

  const keepPage = async () => {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.addEventListener("message", ({ data }) => { if (data.isKept) at("ready").hidden = false; });
    await navigator.serviceWorker.register(say.worker);
    const shown = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")].map((link) => link.href);
    const read = [...document.scripts].map((script) => script.src);
    const seen = [...document.images].map((image) => image.currentSrc || image.src);
    const worker = (await navigator.serviceWorker.ready).active;
    worker.postMessage({ keep: [...new Set([location.origin + location.pathname, ...shown, ...read, ...seen])].filter(Boolean) });
  };

  addEventListener("online", send);
  addEventListener("offline", () => state(say.offline, "waiting"));
  at("send").addEventListener("click", send);
  setInterval(async () => { if (document.visibilityState === "visible" && Number(at("waiting").textContent) > 0) send(); }, AGAIN_MS);
  till.hidden = false;
  forgetOld().then(show).then(send);
  keepPage().catch(() => {});
})();
