// Reads the question and its answers aloud, with a voice of the device itself: text is never sent
// to a voice elsewhere. Without scripts or without such a voice the button is not there.
const button = document.querySelector("[data-listen]");
const speech = window.speechSynthesis;

function ownVoice() {
  const language = document.documentElement.lang.slice(0, 2);
  return speech.getVoices().find((voice) => voice.localService && voice.lang.startsWith(language));
}

function offer() {
  if (ownVoice()) button.hidden = false;
}

function words() {
  const read = [...document.querySelectorAll("[data-read]")];
  return read.map((element) => element.textContent.trim()).filter(Boolean);
}

if (button && speech) {
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", () => speech.cancel());
  button.addEventListener("click", () => {
    const speaking = speech.speaking;
    speech.cancel();
    if (speaking) return;
    for (const sentence of words()) {
      const said = new SpeechSynthesisUtterance(sentence);
      said.voice = ownVoice();
      said.rate = 0.9;
      speech.speak(said);
    }
  });
}
