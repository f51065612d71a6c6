// What every page of the shell runs. Each module finds its elements by data attributes and does nothing without them.
import "./menu.js";
import "./keys.js";
import "./command.js";
import "./combobox.js";
import "./form.js";
import "./days.js";
import "./line.js";
import "./keep.js";
import "./send.js";
import "./layer.js";
import "./here.js";
import "./lists.js";
import "./live.js";
import "./theme.js";
import "./snippets.js";
import "./toast.js";
import "./print.js";
