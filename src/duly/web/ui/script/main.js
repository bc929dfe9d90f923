// What the pages gain when scripts run. Without it everything that matters still works.
import "./drafts.js";
import "./fresh.js";
import "./keys.js";
import "./lines.js";
import "./macros.js";
import "./mentions.js";
import "./menus.js";
import "./palette.js";
import "./picks.js";
import "./send.js";
import "./tabs.js";
import "./theme.js";
