// On pages for whoever is not signed in: nothing of a head count stays on the device.

import { forget } from "./kept.js";

forget(() => true).catch(() => {});
