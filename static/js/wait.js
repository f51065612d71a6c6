// The waiting page: the title says where one stands, and a phone trembles when it is one's turn.
import "./live.js";

const region = document.getElementById("wait");
const plain = document.title;
const called = () => [...region.querySelectorAll('[data-state="called"]')].map((one) => one.dataset.ticket);
let before = called();

function look() {
  const now = called();
  document.title = now.length ? `● ${now[0]} · ${region.querySelector(".wait__call strong").textContent.trim()}` : plain;
  if (now.some((ticket) => !before.includes(ticket))) navigator.vibrate?.([300, 150, 300]);
  before = now;
}

region.addEventListener("hk:live", look);
look();
