// Passkeys: the one part of signing in that needs JavaScript. A form with data-passkey shows itself when it can work:
// "login" asks the server what to sign, "show" and "make" find it in the form. The answer is posted as any other form.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const withBytes = (options) => {
    const publicKey = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    for (const list of ["allowCredentials", "excludeCredentials"]) {
      if (publicKey[list]) publicKey[list] = publicKey[list].map((known) => ({ ...known, id: bytes(known.id) }));
    }
    if (publicKey.user) publicKey.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
    return { publicKey };
  };

  const withText = (credential) => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      type: credential.type, id: credential.id, rawId: text(credential.rawId), response,
      authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults(),
    };
  };

  const question = async (form) => {
    if (form.dataset.passkey !== "login") return JSON.parse(form.querySelector("script[type='application/json']").textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const sign = async (form) => {
    const asked = await question(form);
    const credential = asked.creation_options
      ? await navigator.credentials.create(withBytes(asked.creation_options))
      : await navigator.credentials.get(withBytes(asked.request_options));
    form.elements.credential.value = JSON.stringify(withText(credential));
    form.submit();
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      sign(form).catch(() => { failed.hidden = false; });
    });
  }
})();
