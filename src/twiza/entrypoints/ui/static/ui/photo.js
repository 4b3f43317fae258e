// A photo is made small on the telephone itself: less travels over a slow line, and nothing of where it was taken.
// Without this it is sent as it is, and the server does the same.
(() => {
  "use strict";
  const ENOUGH_BYTES = 500_000;
  const LONGEST = 1920;

  const drawn = (bitmap, longest) => {
    const canvas = document.createElement("canvas");
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas;
  };

  const preview = (input, bitmap) => {
    const shown = drawn(bitmap, 320);
    shown.className = "photo-chosen";
    shown.setAttribute("aria-hidden", "true");
    input.after(shown);
  };

  const shrink = async (input) => {
    input.parentElement.querySelector(".photo-chosen")?.remove();
    const file = input.files[0];
    if (!file) return;
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    preview(input, bitmap);
    if (file.size <= ENOUGH_BYTES) return;
    const blob = await new Promise((done) => drawn(bitmap, LONGEST).toBlob(done, "image/jpeg", 0.86));
    // Another one may have been chosen meanwhile.
    if (!blob || blob.size >= file.size || input.files[0] !== file) return;
    const files = new DataTransfer();
    files.items.add(new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" }));
    input.files = files.files;
  };

  document.addEventListener("change", (event) => {
    // What this browser cannot read, the server answers in words.
    if (event.target.matches("input[type=file][data-shrink]")) shrink(event.target).catch(() => {});
  });
})();
