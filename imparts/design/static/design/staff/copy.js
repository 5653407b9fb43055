// Puts a Copy button beside the text for a letter; without this script the text can be selected.

const place = document.getElementById("copy-place");
const letter = document.getElementById("letter");

function select() {
  const range = document.createRange();
  range.selectNodeContents(letter);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

if (place && letter) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nhsuk-button nhsuk-button--secondary";
  button.textContent = "Copy";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(letter.textContent);
      said.textContent = "Copied ";
    } catch {
      select();
      said.textContent = "Selected: press Ctrl and C ";
    }
  });
  place.append(said, button);
}
