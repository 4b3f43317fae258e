// The sales of one cooperative's till, kept on this phone until the site has them, and a while after.
"use strict";
window.tillStore = (name) => {
  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("sales", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  // Done only when the phone says that it is written, not when it was asked to.
  const within = async (mode, act) => {
    const database = await opened;
    return new Promise((resolve, reject) => {
      const work = database.transaction("sales", mode);
      const asked = act(work.objectStore("sales"));
      work.oncomplete = () => resolve(asked.result);
      work.onabort = work.onerror = () => reject(work.error);
    });
  };
  return {
    all: () => within("readonly", (sales) => sales.getAll()),
    put: (sale) => within("readwrite", (sales) => sales.put(sale)),
    forget: (key) => within("readwrite", (sales) => sales.delete(key)),
    // Changes a sale as it is now, not as somebody saw it a moment ago; `change` gives null to leave it.
    change: (key, change) => within("readwrite", (sales) => {
      const read = sales.get(key);
      read.onsuccess = () => {
        const changed = read.result && change(read.result);
        if (changed) sales.put(changed);
      };
      return read;
    }),
  };
};
