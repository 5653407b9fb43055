// Moves the focus to what is wrong with a form, so that it is read first.

document.querySelector(".nhsuk-error-summary")?.focus();
