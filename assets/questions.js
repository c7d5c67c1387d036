// Questions that depend on another answer appear as soon as they apply; `asked` tells the server which were seen.
const dependents = [...document.querySelectorAll("[data-asked-if], [data-asked-mode]")];

const isAnswered = (form, name, value) =>
  [...form.elements].some(
    (control) =>
      control.name === name &&
      control.value === value &&
      (control.checked || control.tagName === "SELECT") &&
      !control.closest("[hidden]"),
  );

const applies = (one) => {
  const { askedIf, askedValue, askedMode } = one.dataset;
  const form = one.closest("form");
  return (
    (!askedIf || isAnswered(form, askedIf, askedValue)) && (!askedMode || isAnswered(form, "mode", askedMode))
  );
};

// In the order of the page, so that what depends on a question that goes away goes with it.
const show = () =>
  dependents.forEach((one) => {
    one.hidden = !applies(one);
    one.querySelector("input[name$=asked]").disabled = one.hidden;
  });

document.addEventListener("change", show);
window.addEventListener("pageshow", show); // going back, a browser fills in what was typed
show();
