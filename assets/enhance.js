// Conveniences only: every page works without this file.
"use strict";

// After a refused form the summary of what is wrong is the first thing to hear.
document.querySelector("[data-focus-on-load]")?.focus();

// A second click on a submit button within a second is the same click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const now = Date.now();
  if (now - Number(form.dataset.sentAt || 0) < 1000) event.preventDefault();
  else form.dataset.sentAt = now;
});

// The mail field knows which select to fill. Only the domain leaves the browser, and a choice already made stays.
document.querySelectorAll("[data-municipality-select]").forEach((mail) => {
  mail.addEventListener("change", async () => {
    const select = document.getElementById(mail.dataset.municipalitySelect);
    const domain = mail.value.trim().split("@")[1];
    if (!select || select.value || !domain) return;
    try {
      const answer = await fetch(`${mail.dataset.municipalityLookup}?domain=${encodeURIComponent(domain)}`);
      const { code } = answer.ok ? await answer.json() : {};
      if (code && !select.value) select.value = code;
    } catch {
      // Offline or refused: the server fills it in on submit.
    }
  });
});

// Another language in the middle of a form with steps takes along what is typed; without this, what was sent so far.
document.querySelectorAll(".k-languages a").forEach((link) => {
  link.addEventListener("click", (event) => {
    const form = document.querySelector("form[data-keeps-typed]");
    if (!form || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    form.action = link.href;
    const to = Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: form.dataset.keepsTyped });
    form.append(to);
    form.submit();
  });
});
